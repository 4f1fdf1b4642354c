package io.taggateway.api.graphiql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.Resource;

/**
 * A ready operation that the page opens in a tab.
 *
 * @param name what it shows, in words
 * @param query the whole document, its name as a comment included
 */
record GraphiqlExample(String name, String query) {

    static GraphiqlExample read(Resource file) {
        try {
            String query = file.getContentAsString(StandardCharsets.UTF_8);
            return new GraphiqlExample(nameOf(query, file), query);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(String query, Resource file) {
        String firstLine = query.lines().findFirst().orElse("");
        if (!firstLine.startsWith("# ")) {
            throw new IllegalStateException(file + " must begin with its name as a comment: # What it shows");
        }
        return firstLine.substring(2).strip();
    }
}
