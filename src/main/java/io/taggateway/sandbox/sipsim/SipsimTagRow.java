package io.taggateway.sandbox.sipsim;

import org.jspecify.annotations.Nullable;

/**
 * A tag as played SIPSIM keeps it.
 *
 * @param described whether its JSON has a description at all, be it null
 */
record SipsimTagRow(
        long id, String name, String color, @Nullable String description, boolean described) {

    SipsimTagRow(long id, String name, String color, @Nullable String description) {
        this(id, name, color, description, true);
    }
}
