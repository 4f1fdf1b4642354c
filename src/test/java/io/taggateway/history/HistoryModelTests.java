package io.taggateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests that the model finds violations, and none in correct histories. */
class HistoryModelTests {

    private final History history = new History();

    HistoryModelTests() {
        history.wrote("tag", "off", 0, 0);
    }

    @Test
    void findsNothingWhenEachReadShowsTheLastWrite() {
        history.read("tag", "off", 1, 2);
        history.wrote("tag", "on", 3, 5);
        history.read("tag", "on", 6, 7);
        history.wrote("tag", "off", 8, 9);
        history.read("tag", "off", 10, 11);
        assertThat(history.violations()).isEmpty();
    }

    @Test
    void findsNothingWhenAReadIsConcurrentWithAWrite() {
        history.wrote("tag", "on", 3, 6);
        history.read("tag", "off", 4, 5);
        history.read("tag", "on", 4, 5);
        history.read("tag", "off", 1, 3);
        assertThat(history.violations()).isEmpty();
    }

    @Test
    void findsNothingWhenConcurrentWritesEndInEitherOrder() {
        history.wrote("tag", "on", 3, 6);
        history.wrote("tag", "off", 5, 8);
        history.read("tag", "on", 10, 11);
        history.read("tag", "off", 10, 11);
        assertThat(history.violations()).isEmpty();
    }

    @Test
    void findsALostTag() {
        history.wrote("tag", "on", 3, 5);
        history.read("tag", "off", 6, 7);
        assertThat(history.violations()).hasSize(1).first().asString().contains("tag was read as off from 6 to 7");
    }

    @Test
    void findsAWriteThatIsReportedAsSuccessfulAndWasNotMade() {
        history.wrote("tag", "on", 3, 5);
        history.wrote("tag", "off", 6, 7);
        history.read("tag", "on", 8, 9);
        assertThat(history.violations()).hasSize(1);
    }

    @Test
    void findsATagThatAConcurrentWriteRemovedWithoutReportingIt() {
        history.wrote("tag", "on", 4, 5);
        history.read("tag", "off", 3, 8);
        history.read("tag", "off", 9, 10);
        assertThat(history.violations()).hasSize(1).first().asString().contains("read as off from 9 to 10");
    }

    @Test
    void findsNothingWhenAConcurrentWriteReportsTheRemoval() {
        history.wrote("tag", "on", 4, 5);
        history.wrote("tag", "off", 3, 8);
        history.read("tag", "off", 9, 10);
        assertThat(history.violations()).isEmpty();
    }

    @Test
    void findsAReadThatIsOlderThanACompletedWrite() {
        history.wrote("color", "red", 1, 2);
        history.wrote("color", "blue", 3, 4);
        history.read("color", "red", 5, 6);
        history.read("color", "blue", 5, 6);
        assertThat(history.violations()).hasSize(1);
    }

    @Test
    void findsAValueThatWasNeverWritten() {
        history.wrote("color", "red", 1, 2);
        history.read("color", "green", 3, 4);
        assertThat(history.violations()).hasSize(1);
    }

    @Test
    void findsAValueThatIsReadBeforeItIsWritten() {
        history.read("tag", "on", 1, 2);
        history.wrote("tag", "on", 3, 4);
        assertThat(history.violations()).hasSize(1);
    }

    @Test
    void findsACreationThatWasPublishedTwice() {
        history.created("New");
        history.created("Other");
        history.created("New");
        assertThat(history.violations()).containsExactly("New was created twice");
    }

    @Test
    void writeOfUnknownOutcomeExplainsBothValuesAndHidesNone() {
        history.mayHaveWritten("tag", "on", 3);
        history.read("tag", "on", 4, 5);
        history.read("tag", "off", 6, 7);
        history.settle(8);
        assertThat(history.violations()).isEmpty();
        history.wrote("tag", "off", 9, 10);
        history.read("tag", "on", 11, 12);
        assertThat(history.violations()).hasSize(1);
    }

    @Test
    void writeThatMayStillBeInProgressExplainsALaterValue() {
        history.mayHaveWritten("tag", "on", 1);
        history.wrote("tag", "off", 2, 3);
        history.read("tag", "on", 4, 5);
        assertThat(history.violations()).isEmpty();
    }
}
