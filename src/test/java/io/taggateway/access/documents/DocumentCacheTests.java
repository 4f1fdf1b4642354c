package io.taggateway.access.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of the bounds of the document cache. */
class DocumentCacheTests {

    private final DocumentCache<DocumentHash, String> documents = new DocumentCache<>();

    @Test
    void cachesAThousandDocumentsAndPrefersTheMostUsed() {
        keep(0, 10);
        for (int i = 1; i < 5_000; i++) {
            keep(i, 10);
            assertThat(documents.find(hash(0))).isNotNull();
        }
        assertThat(kept(5_000)).hasSizeBetween(900, 1_000).contains(0);
    }

    @Test
    void longDocumentsCountLikeManyShortOnes() {
        for (int i = 0; i < 500; i++) {
            keep(i, DocumentCache.MAX_LENGTH);
        }
        assertThat(kept(500)).hasSizeBetween(1, 16);
        for (int i = 500; i < 2_000; i++) {
            keep(i, 10);
        }
        assertThat(kept(2_000)).hasSizeBetween(16, 1_000);
    }

    @Test
    void sameDocumentCountsOnceWhenCachedAgain() {
        keep(1, 1_000);
        for (int i = 0; i < 2_000; i++) {
            keep(2, DocumentCache.MAX_LENGTH);
        }
        assertThat(kept(5)).containsExactly(1, 2);
    }

    @Test
    void documentIsNotCachedWhenTooLong() {
        keep(1, DocumentCache.MAX_LENGTH + 1);
        assertThat(kept(5)).isEmpty();
    }

    private void keep(int number, int length) {
        documents.keep(hash(number), length, "document");
    }

    private List<Integer> kept(int bound) {
        return IntStream.range(0, bound)
                .filter(number -> documents.find(hash(number)) != null)
                .boxed()
                .toList();
    }

    private static DocumentHash hash(int number) {
        return Objects.requireNonNull(DocumentHash.of("document " + number));
    }
}
