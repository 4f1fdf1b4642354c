package io.taggateway.upstream.guard;

/** How a vendor is asked, and what happens when it does not answer. */
public record UpstreamSettings(UpstreamLimits limits, UpstreamRetry retry, UpstreamCircuit circuit) {}
