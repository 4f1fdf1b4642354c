package io.taggateway.api.graphiql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * A ready operation that the page opens in a tab.
 *
 * @param name what it shows, in words
 * @param query the whole document, its name as a comment included
 */
record GraphiqlExample(String name, String query) {

    /** All of {@code schema/examples}, in the order of their file names. */
    static List<GraphiqlExample> readAll() {
        try {
            Resource[] files =
                    new PathMatchingResourcePatternResolver().getResources("classpath:graphiql/examples/*.graphql");
            return Stream.of(files)
                    .sorted(Comparator.comparing(file -> Objects.requireNonNull(file.getFilename())))
                    .map(GraphiqlExample::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GraphiqlExample read(Resource file) {
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
