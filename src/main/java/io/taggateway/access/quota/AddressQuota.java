package io.taggateway.access.quota;

import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.access.limits.LimitsProperties;
import io.taggateway.access.limits.LimitsProperties.AddressLimit;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Limits the requests and failed authentications of one address in a minute. */
@Component
public final class AddressQuota {

    private final AddressLimit limit;
    private final KeyedRateLimit requests;
    private final KeyedRateLimit failures;

    AddressQuota(LimitsProperties properties, Clock clock, MeterRegistry meters, SharedQuota shared) {
        this.limit = properties.address();
        this.requests = new KeyedRateLimit("address-requests", clock, meters, shared);
        this.failures = new KeyedRateLimit("failed-authentications", clock, meters, shared);
    }

    /** Counts a request. Returns the rejection if its address has sent too many, or else null. */
    public @Nullable RateLimitExceededException countRequest(@Nullable InetSocketAddress address) {
        ConsumptionProbe probe = count(requests, limit.requestsPerMinute(), address);
        return probe == null || probe.isConsumed()
                ? null
                : new RateLimitExceededException(
                        "Too many requests come from this address.", requests.name(), limit.requestsPerMinute(), probe);
    }

    /**
     * Counts a failed authentication. Returns the rejection that replaces its response if its address has too many, or
     * else null. Authenticated callers from the same address are not affected.
     */
    public @Nullable RateLimitExceededException countFailure(@Nullable InetSocketAddress address) {
        int perMinute = limit.failedAuthenticationsPerMinute();
        ConsumptionProbe probe = count(failures, perMinute, address);
        return probe == null || probe.isConsumed()
                ? null
                : new RateLimitExceededException(
                        "Too many requests from this address failed to authenticate.",
                        failures.name(),
                        perMinute,
                        probe);
    }

    private static @Nullable ConsumptionProbe count(
            KeyedRateLimit limit, int perMinute, @Nullable InetSocketAddress address) {
        return perMinute == 0 || address == null ? null : limit.take(owner(address), perMinute, 1);
    }

    /** An IPv4 address, or the first 64 bits of an IPv6 address, as one host may use all addresses of a prefix. */
    private static Object owner(InetSocketAddress socket) {
        InetAddress address = socket.getAddress() == null ? literal(socket.getHostString()) : socket.getAddress();
        if (address == null) {
            return socket.getHostString();
        }
        return address instanceof Inet6Address
                ? ByteBuffer.wrap(address.getAddress()).getLong()
                : address;
    }

    /** An address from a proxy's header is not resolved. */
    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException name) {
            return null;
        }
    }
}
