package io.taggateway.tagging.model;

import java.text.CollationKey;
import java.text.Collator;
import java.text.ParseException;
import java.text.RuleBasedCollator;
import java.util.Locale;

/** The order of names for people: Unicode collation of the root locale, without regard to case. */
public final class Collation {

    /** The JDK's rules ignore spaces and hyphens, where Unicode's root collation sorts them before letters. */
    private static final String SEPARATORS = "& '_' < ' ' < '-'";

    private static final RuleBasedCollator COLLATOR = collator();

    private Collation() {}

    /** The key by which a name is sorted; comparing keys is cheaper than comparing names. */
    public static CollationKey key(String name) {
        return COLLATOR.getCollationKey(name);
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
