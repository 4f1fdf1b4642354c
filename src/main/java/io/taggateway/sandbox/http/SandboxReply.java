package io.taggateway.sandbox.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One HTTP response of a simulated vendor. Without a content type, it has no body. */
public record SandboxReply(
        int status,
        @Nullable String contentType,
        String body,
        @Nullable String retryAfter) {

    public static final String JSON = "application/json; charset=utf-8";
    public static final String HTML = "text/html; charset=utf-8";

    public static SandboxReply json(int status, JsonNode body) {
        return new SandboxReply(status, JSON, body.toString(), null);
    }

    public static SandboxReply empty(int status) {
        return new SandboxReply(status, null, "", null);
    }

    /** An HTML error page like those of proxies. */
    public static SandboxReply html(int status) {
        String body = "<html><head><title>%d</title></head><body><h1>%d</h1></body></html>".formatted(status, status);
        return new SandboxReply(status, HTML, body, null);
    }

    public SandboxReply retryAfter(String value) {
        return new SandboxReply(status, contentType, body, value);
    }
}
