package io.taggateway.access.documents;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphqlErrorBuilder;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However many documents come, and however long they are, only so much is kept. */
class RecentDocumentsTests {

    private static final PreparsedDocumentEntry VALID =
            new PreparsedDocumentEntry(Document.newDocument().build());

    private final RecentDocuments documents = new RecentDocuments();

    @Test
    void onlyAThousandAreKeptAndTheLastUsedAmongThem() {
        keep(0, 10);
        for (int i = 1; i < 5_000; i++) {
            keep(i, 10);
            assertThat(documents.find(hash(0))).isNotNull();
        }
        assertThat(kept(5_000)).hasSize(1_000).contains(0, 4_001, 4_999).doesNotContain(1, 4_000);
    }

    @Test
    void longOnesTakeThePlaceOfMany() {
        for (int i = 0; i < 500; i++) {
            keep(i, RecentDocuments.MAX_LENGTH);
        }
        assertThat(kept(500)).hasSize(16).allMatch(number -> number >= 484);
        for (int i = 500; i < 2_000; i++) {
            keep(i, 10);
        }
        assertThat(kept(2_000)).hasSize(1_000).allMatch(number -> number >= 1_000);
    }

    @Test
    void sameOneAgainTakesNoMorePlace() {
        keep(1, 1_000);
        for (int i = 0; i < 2_000; i++) {
            keep(2, RecentDocuments.MAX_LENGTH);
        }
        assertThat(kept(5)).containsExactly(1, 2);
    }

    @Test
    void tooLongAndInvalidOnesAreNotKept() {
        keep(1, RecentDocuments.MAX_LENGTH + 1);
        documents.keep(
                hash(2),
                10,
                new PreparsedDocumentEntry(
                        GraphqlErrorBuilder.newError().message("no").build()));
        assertThat(kept(5)).isEmpty();
    }

    private void keep(int number, int length) {
        documents.keep(hash(number), length, VALID);
    }

    private List<Integer> kept(int bound) {
        return IntStream.range(0, bound)
                .filter(number -> documents.find(hash(number)) != null)
                .boxed()
                .toList();
    }

    private static DocumentHash hash(int number) {
        return DocumentHash.of("document " + number);
    }
}
