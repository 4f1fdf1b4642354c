package io.taggateway.sandbox;

import io.taggateway.sandbox.http.JsonTrees;
import io.taggateway.sandbox.http.RejectedException;
import java.time.Duration;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A fault as it is written in JSON; what cannot be read is rejected with a sentence that says what to change. */
final class FaultJson {

    private static final Set<String> FIELDS =
            Set.of("kind", "status", "body", "retryAfter", "latencyMillis", "times", "method", "path");
    private static final String KINDS = "slow, status, html, too-many-requests, cut-off, garbage, empty or hang";
    private static final int MOST_MILLIS = 600_000;

    private FaultJson() {}

    static Fault read(String text) {
        ObjectNode json = JsonTrees.readObject(text);
        for (String name : json.propertyNames()) {
            if (!FIELDS.contains(name)) {
                throw new RejectedException(400, "Remove \"%s\": it is no field of a fault.".formatted(name));
            }
        }
        Fault fault = retryAfter(kind(json), json.path("retryAfter"))
                .times(integer(json, "times", 1, 1_000_000, 0))
                .on(text(json, "method"), text(json, "path"));
        return json.has("latencyMillis") ? fault.latency(latency(json)) : fault;
    }

    private static Fault kind(ObjectNode json) {
        return switch (text(json, "kind")) {
            case "slow" -> slow(json);
            case "status" -> status(json);
            case "html" -> Fault.html(statusOf(json, 502));
            case "too-many-requests" -> Fault.tooManyRequests();
            case "cut-off" -> Fault.cutOff();
            case "garbage" -> Fault.garbage();
            case "empty" -> Fault.emptyBody();
            case "hang" -> Fault.hang();
            default -> throw new RejectedException(400, "Set \"kind\" to one of " + KINDS + ".");
        };
    }

    private static Fault slow(ObjectNode json) {
        if (!json.has("latencyMillis")) {
            throw new RejectedException(400, "Add \"latencyMillis\" to a fault of kind slow.");
        }
        return Fault.slow(latency(json));
    }

    private static Fault status(ObjectNode json) {
        int status = statusOf(json, 0);
        if (status == 0) {
            throw new RejectedException(400, "Add \"status\" to a fault of kind status.");
        }
        JsonNode body = json.path("body");
        if (body.isMissingNode()) {
            return Fault.status(status);
        }
        return Fault.status(status, body.isString() ? body.stringValue() : body.toString());
    }

    private static int statusOf(ObjectNode json, int otherwise) {
        return integer(json, "status", 200, 599, otherwise);
    }

    private static Duration latency(ObjectNode json) {
        return Duration.ofMillis(integer(json, "latencyMillis", 0, MOST_MILLIS, 0));
    }

    private static Fault retryAfter(Fault fault, JsonNode value) {
        if (value.isMissingNode()) {
            return fault;
        }
        boolean writable = value.isIntegralNumber() || (value.isString() && isHeaderValue(value.stringValue()));
        if (!writable) {
            throw new RejectedException(
                    400, "Set \"retryAfter\" to a number of seconds or to the text of an HTTP date.");
        }
        return fault.retryAfter(value.asString());
    }

    private static boolean isHeaderValue(String text) {
        return text.matches("[\\x20-\\x7E]+");
    }

    private static int integer(ObjectNode json, String name, int least, int most, int otherwise) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.canConvertToInt()
                || !value.isIntegralNumber()
                || value.intValue() < least
                || value.intValue() > most) {
            throw new RejectedException(400, "Set \"%s\" to an integer from %d to %d.".formatted(name, least, most));
        }
        return value.intValue();
    }

    private static String text(ObjectNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isString()) {
            throw new RejectedException(400, "Set \"%s\" to a text.".formatted(name));
        }
        return value.isString() ? value.stringValue() : "";
    }
}
