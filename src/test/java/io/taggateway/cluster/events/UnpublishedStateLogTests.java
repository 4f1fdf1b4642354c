package io.taggateway.cluster.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.cluster.events.EventFormat.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnpublishedStateLogTests {

    private static final State OLD = new State("sipsim:tag:1", "old");
    private static final State NEW = new State("sipsim:tag:1", "new");

    private final UnpublishedStateLog log = new UnpublishedStateLog();

    @Test
    void publicationThatSucceedsLaterThanANewerOneFailedLeavesItRecorded() {
        log.add(List.of(NEW), 2);
        log.remove(List.of(OLD), 1);
        assertThat(log.contains(OLD)).isTrue();
    }

    @Test
    void laterFailureCounts() {
        log.add(List.of(NEW), 2);
        log.add(List.of(OLD), 1);
        log.remove(List.of(OLD), 1);
        assertThat(log.contains(NEW)).isTrue();
    }

    @Test
    void nextPublicationThatSucceedsRemovesTheObject() {
        log.add(List.of(OLD), 1);
        log.remove(List.of(NEW), 2);
        assertThat(log.contains(NEW)).isFalse();
    }
}
