package io.taggateway.tagging.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of object that have a {@link GlobalId}. */
public enum NodeType {
    TAG,
    CALL,
    CONTACT;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name of this type in ids and messages. */
    public String word() {
        return word;
    }

    static @Nullable NodeType ofWord(String word) {
        for (NodeType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        return null;
    }
}
