package io.taggateway.upstream.http;

import io.taggateway.tagging.model.Unicode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object from a vendor. Vendors omit fields, add some and change their types without notice. So each field is
 * read separately and is null if it has an unexpected type.
 *
 * @param values by name; numbers, texts, booleans, lists and maps as JSON has them
 */
public record VendorJson(Map<String, Object> values) {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final JsonMapper JSON = JsonMapper.shared()
            .rebuild()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final char REPLACEMENT = '\uFFFD';
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,15}");
    private static final Pattern OFFSET_WITHOUT_COLON = Pattern.compile("([+-][0-9]{2})([0-9]{2})$");
    private static final Pattern WITH_OFFSET = Pattern.compile(".*(Z|z|[+-][0-9]{2}:[0-9]{2})");

    /** Seconds since 1970 stay below this for 3,000 years; milliseconds have passed it in 1973. */
    private static final long LARGEST_SECOND = 100_000_000_000L;

    /** Longer numbers keep the vendor's notation. */
    private static final int MAX_DIGITS = 100;

    /** The object in a body; null if the body has something else. Bytes that are not UTF-8 are replaced. */
    public static @Nullable VendorJson parse(byte[] body) {
        try {
            return of(JSON.readValue(body, OBJECT));
        } catch (JacksonException e) {
            String text = new String(body, StandardCharsets.UTF_8);
            return text.indexOf(REPLACEMENT) < 0 ? null : parse(text);
        }
    }

    private static @Nullable VendorJson parse(String text) {
        try {
            return of(JSON.readValue(text, OBJECT));
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable VendorJson of(@Nullable Map<String, Object> values) {
        return values == null ? null : new VendorJson(values);
    }

    /** The first of some fields that is a text, a number or a boolean, as text; null if none is. */
    public @Nullable String text(String... names) {
        for (String name : names) {
            String text = textOf(values.get(name));
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** A field's whole number; null if it has none. */
    public @Nullable Integer integer(String name) {
        Object value = values.get(name);
        if (value instanceof Number number) {
            double wide = number.doubleValue();
            return Math.abs(wide) <= Integer.MAX_VALUE ? (Integer) (int) wide : null;
        }
        String text = textOf(value);
        return text != null && INTEGER.matcher(text).matches() ? Integer.valueOf(text) : null;
    }

    /** The instant in a field, in ISO 8601, or in seconds or milliseconds since 1970. */
    public @Nullable Instant instant(String... names) {
        String text = text(names);
        if (text == null) {
            return null;
        }
        if (text.length() <= 15 && EPOCH.matcher(text).matches()) {
            long number = Long.parseLong(text);
            return number > LARGEST_SECOND ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
        }
        try {
            // Patterns take longer than all else that is read of a call, and most times are written like this
            boolean usual = text.length() == 20 && text.charAt(10) == 'T' && text.endsWith("Z");
            String iso = usual
                    ? text
                    : OFFSET_WITHOUT_COLON
                            .matcher(text.strip().replace(' ', 'T'))
                            .replaceFirst("$1:$2");
            Instant instant = usual || WITH_OFFSET.matcher(iso).matches()
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            return instant.isBefore(EARLIEST) || instant.isAfter(LATEST) ? null : instant;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether a field has a value at all: something other than null, an empty text, list or object. */
    public boolean has(String name) {
        return switch (values.get(name)) {
            case null -> false;
            case String text -> !text.isEmpty();
            case Collection<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    /** Whether a field is true. */
    public boolean isTrue(String name) {
        return "true".equals(text(name));
    }

    /** The object in a field; null if there is none. */
    public @Nullable VendorJson object(String name) {
        return objectOf(values.get(name));
    }

    /** The objects in a field's list, without other entries; null if the field is not a list. */
    public @Nullable List<VendorJson> objects(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream()
                        .map(VendorJson::objectOf)
                        .filter(Objects::nonNull)
                        .toList()
                : null;
    }

    /** The number of entries of any type in a field's list; 0 if the field is not a list. */
    public int size(String name) {
        return values.get(name) instanceof List<?> list ? list.size() : 0;
    }

    /**
     * The texts in a field's list; for objects, the first text of the given fields; null if the field is not a list.
     */
    public @Nullable List<String> texts(String name, String... names) {
        if (!(values.get(name) instanceof List<?> list)) {
            return null;
        }
        return list.stream()
                .map(item -> item instanceof Map<?, ?> ? objectText(item, names) : textOf(item))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable String objectText(Object item, String... names) {
        VendorJson fields = objectOf(item);
        return fields == null ? null : fields.text(names);
    }

    /** The cast is safe as JSON's objects have texts for names. */
    @SuppressWarnings("unchecked")
    private static @Nullable VendorJson objectOf(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? new VendorJson((Map<String, Object>) map) : null;
    }

    private static @Nullable String textOf(@Nullable Object value) {
        return switch (value) {
            case String text -> Unicode.wellFormed(text);
            case BigDecimal number -> textOf(number);
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            case null, default -> null;
        };
    }

    /** A whole number is written as such, as {@code 1}, {@code 1.0} and {@code 1e0} are one id. */
    private static String textOf(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean whole = shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= MAX_DIGITS;
        return whole ? shortest.toBigInteger().toString() : number.toString();
    }
}
