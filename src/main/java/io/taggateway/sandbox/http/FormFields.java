package io.taggateway.sandbox.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names and values of a query or of a form body, as {@code application/x-www-form-urlencoded} writes them. */
public final class FormFields {

    private FormFields() {}

    /** Answers the decoded fields; of a name that is there twice, the first. */
    public static Map<String, String> parse(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : text.split("&", -1)) {
            int equals = field.indexOf('=');
            String name = equals < 0 ? field : field.substring(0, equals);
            fields.putIfAbsent(decode(name), equals < 0 ? "" : decode(field.substring(equals + 1)));
        }
        return fields;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unreadable) {
            throw new RejectedException(400, "Malformed percent-encoding", unreadable);
        }
    }
}
