package io.taggateway.tagging.model;

import java.text.CollationKey;
import java.text.Collator;
import java.text.ParseException;
import java.text.RuleBasedCollator;
import java.util.Locale;

/** A tag with the sort key of its name. Tags are ordered by name, then vendor, then id. */
public record SortedTag(CollationKey name, Tag tag) implements Comparable<SortedTag> {

    /** The JDK's rules ignore spaces and hyphens, whereas Unicode's root collation sorts them before letters. */
    private static final String SEPARATORS = "& '_' < ' ' < '-'";

    private static final RuleBasedCollator COLLATOR = collator();

    static SortedTag of(Tag tag) {
        return new SortedTag(nameKey(tag.name()), tag);
    }

    @Override
    public int compareTo(SortedTag other) {
        int byName = name.compareTo(other.name);
        return byName == 0 ? compareTies(other.tag.vendor(), other.tag.id()) : byName;
    }

    /**
     * Compares this tag with a position in the order, at which there need not be a tag. Negative if this tag is before
     * the position.
     */
    public int compareTo(CollationKey otherName, Vendor vendor, String id) {
        int byName = name.compareTo(otherName);
        return byName == 0 ? compareTies(vendor, id) : byName;
    }

    private int compareTies(Vendor vendor, String id) {
        int byVendor = tag.vendor().compareTo(vendor);
        return byVendor == 0 ? tag.id().compareTo(id) : byVendor;
    }

    /** The sort key of a name: Unicode collation of the root locale, ignoring case. */
    public static CollationKey nameKey(String name) {
        return COLLATOR.getCollationKey(TagName.compared(name));
    }

    private static RuleBasedCollator collator() {
        try {
            RuleBasedCollator root = (RuleBasedCollator) Collator.getInstance(Locale.ROOT);
            RuleBasedCollator collator = new RuleBasedCollator(root.getRules() + SEPARATORS);
            collator.setStrength(Collator.SECONDARY);
            collator.setDecomposition(Collator.CANONICAL_DECOMPOSITION);
            return collator;
        } catch (ParseException e) {
            throw new IllegalStateException("The JDK's collation rules cannot be extended", e);
        }
    }
}
