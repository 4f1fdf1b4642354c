package io.taggateway.tagging.model;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A text that is looked for in others without regard to case. */
public final class NamePart {

    private final String folded;

    public NamePart(String part) {
        this.folded = fold(part);
    }

    public boolean isIn(@Nullable String text) {
        return text != null && fold(text).contains(folded);
    }

    private static String fold(String text) {
        String normalized = Normalizer.normalize(TagName.compared(text), Normalizer.Form.NFKC);
        // Upper case last: lower case has a form of sigma for the ends of words only.
        return normalized.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
    }
}
