package io.taggateway.tagging.model;

import java.text.CollationKey;

/** A tag with the key that its name is sorted by; in order by name, then vendor, then id. */
public record SortedTag(CollationKey name, Tag tag) implements Comparable<SortedTag> {

    static SortedTag of(Tag tag) {
        return new SortedTag(Collation.key(tag.name()), tag);
    }

    @Override
    public int compareTo(SortedTag other) {
        int byName = name.compareTo(other.name);
        return byName == 0 ? compareTies(other.tag.vendor(), other.tag.id()) : byName;
    }

    /** How this tag lies to a place in the order, which need not be that of any tag: below 0 where it is before it. */
    public int compareTo(CollationKey otherName, Vendor vendor, String id) {
        int byName = name.compareTo(otherName);
        return byName == 0 ? compareTies(vendor, id) : byName;
    }

    private int compareTies(Vendor vendor, String id) {
        int byVendor = tag.vendor().compareTo(vendor);
        return byVendor == 0 ? tag.id().compareTo(id) : byVendor;
    }
}
