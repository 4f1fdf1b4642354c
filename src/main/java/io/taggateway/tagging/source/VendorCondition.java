package io.taggateway.tagging.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a vendor is doing.
 *
 * @param coolDownUntil when the vendor may be asked again; null where it has not asked to be left alone
 */
public record VendorCondition(
        VendorStatus status, CircuitState circuit, @Nullable Instant coolDownUntil) {}
