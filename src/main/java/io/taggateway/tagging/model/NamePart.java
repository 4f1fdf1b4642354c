package io.taggateway.tagging.model;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A text that is searched in other texts. Case is ignored. */
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
        // Upper case is applied last, as lower case has a separate form of sigma for the ends of words
        return normalized.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
    }
}
