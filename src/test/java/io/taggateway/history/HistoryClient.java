package io.taggateway.history;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sends operations of a caller. */
interface HistoryClient {

    /** The data of a response; null if the caller disconnects before, or there is none. */
    @Nullable
    JsonNode ask(String document, Random random);

    /** The time after which a read shows a write of another caller. */
    default Duration delay() {
        return Duration.ZERO;
    }

    /** The maximum age of a tag list that is reported as current. */
    default Duration staleness() {
        return Duration.ZERO;
    }
}
