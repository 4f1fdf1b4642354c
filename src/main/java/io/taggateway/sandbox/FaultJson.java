package io.taggateway.sandbox;

import io.taggateway.sandbox.http.RejectedException;
import io.taggateway.sandbox.http.SandboxJson;
import java.time.Duration;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a fault from JSON. The message of a rejection says what to change. */
final class FaultJson {

    private static final Set<String> MEMBERS =
            Set.of("kind", "status", "body", "retryAfter", "latencyMillis", "times", "method", "path");

    private FaultJson() {}

    static Fault read(String text) {
        ObjectNode json = SandboxJson.readObject(text);
        for (String name : json.propertyNames()) {
            check(MEMBERS.contains(name), "Remove \"%s\": it is no field of a fault.".formatted(name));
        }
        Fault fault = kind(json)
                .times(integer(json, "times", 1, 1_000_000, 0))
                .latency(Duration.ofMillis(integer(json, "latencyMillis", 0, 600_000, 0)))
                .on(text(json, "method"), text(json, "path"));
        JsonNode retryAfter = json.path("retryAfter");
        if (retryAfter.isMissingNode()) {
            return fault;
        }
        check(
                retryAfter.isIntegralNumber()
                        || (retryAfter.isString() && retryAfter.stringValue().matches("[\\x20-\\x7E]+")),
                "Set \"retryAfter\" to a number of seconds or to the text of an HTTP date.");
        return fault.retryAfter(retryAfter.asString());
    }

    private static Fault kind(ObjectNode json) {
        return switch (text(json, "kind")) {
            case "slow" -> {
                check(json.has("latencyMillis"), "Add \"latencyMillis\" to a fault of kind slow.");
                yield Fault.slow(Duration.ZERO);
            }
            case "status" -> status(json);
            case "html" -> Fault.html(integer(json, "status", 200, 599, 502));
            case "too-many-requests" -> Fault.tooManyRequests();
            case "cut-off" -> Fault.cutOff();
            case "garbage" -> Fault.garbage();
            case "empty" -> Fault.emptyBody();
            case "hang" -> Fault.hang();
            default ->
                throw new RejectedException(
                        400,
                        "Set \"kind\" to one of slow, status, html, too-many-requests, cut-off, garbage, empty or"
                                + " hang.");
        };
    }

    private static Fault status(ObjectNode json) {
        check(json.has("status"), "Add \"status\" to a fault of kind status.");
        int status = integer(json, "status", 200, 599, 0);
        JsonNode body = json.path("body");
        if (body.isMissingNode()) {
            return Fault.status(status);
        }
        return Fault.status(status, body.isString() ? body.stringValue() : body.toString());
    }

    private static int integer(ObjectNode json, String name, int least, int most, int otherwise) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        boolean integer = value.isIntegralNumber() && value.canConvertToInt();
        check(
                integer && value.intValue() >= least && value.intValue() <= most,
                "Set \"%s\" to an integer from %d to %d.".formatted(name, least, most));
        return value.intValue();
    }

    private static String text(ObjectNode json, String name) {
        JsonNode value = json.path(name);
        check(value.isMissingNode() || value.isString(), "Set \"%s\" to a text.".formatted(name));
        return value.asString("");
    }

    private static void check(boolean valid, String whatToChange) {
        if (!valid) {
            throw new RejectedException(400, whatToChange);
        }
    }
}
