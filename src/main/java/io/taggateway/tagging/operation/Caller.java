package io.taggateway.tagging.operation;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who an operation is for.
 *
 * @param tenant the name of the tenant that the caller belongs to; null where none is named
 */
public record Caller(String name, @Nullable String tenant, Set<String> scopes) {

    /** Any caller, as callers do not authenticate. */
    public static final Caller ANYONE = new Caller("anyone", null, Set.of());
}
