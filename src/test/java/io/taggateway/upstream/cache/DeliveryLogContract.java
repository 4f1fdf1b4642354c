package io.taggateway.upstream.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The contract of every {@link DeliveryLog}. */
public abstract class DeliveryLogContract {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00.123456Z");

    /** A new log, or else one that shares its deliveries with the new one. */
    protected abstract DeliveryLog log();

    /** A log that shares its deliveries with the first one, if there is one, or else the first one. */
    protected abstract DeliveryLog other();

    @Test
    void deliveryIsNewOnce() {
        assertThat(log().record("a", "call:1", NOW).block()).isTrue();
        assertThat(log().record("a", "call:1", NOW).block()).isFalse();
        assertThat(other().record("a", "call:1", NOW).block()).isFalse();
    }

    @Test
    void olderDeliveryOfASubjectIsNotNew() {
        assertThat(log().record("new", "call:2", NOW).block()).isTrue();
        assertThat(other().record("old", "call:2", NOW.minusMillis(1)).block()).isFalse();
        assertThat(other().record("same", "call:2", NOW).block()).isTrue();
        assertThat(other().record("newer", "call:2", NOW.plusMillis(1)).block()).isTrue();
        assertThat(other().record("other", "call:3", NOW.minusMillis(1)).block())
                .isTrue();
    }

    @Test
    void deliveryWithoutTimeIsNew() {
        assertThat(log().record("b", "call:4", NOW).block()).isTrue();
        assertThat(other().record("c", "call:4", null).block()).isTrue();
        assertThat(other().record("c", "call:4", null).block()).isFalse();
    }
}
