package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of missing fields and fields of unexpected types. */
class VendorJsonTests {

    private final VendorJson fields = UpstreamFixture.fields("""
        {"text":"a","number":12345678901,"float":1.5,"flag":true,"no":false,"nothing":null,"empty":"",
         "object":{"name":"n"},"list":["a",1,null,{"name":"n"},{"label":"l"},{},[]],
         "digits":"-42","long":"12345678901"}
        """);

    @Test
    void textIsTheFirstFieldThatIsAScalar() {
        assertThat(fields.text("text")).isEqualTo("a");
        assertThat(fields.text("number")).isEqualTo("12345678901");
        assertThat(fields.text("flag")).isEqualTo("true");
        assertThat(fields.text("missing", "nothing", "object", "list", "text")).isEqualTo("a");
        assertThat(fields.text("object")).isNull();
        assertThat(fields.text("empty", "text")).isEmpty();
        assertThat(fields.text()).isNull();
    }

    @Test
    void flagIsTrueForTrueOnly() {
        assertThat(fields.isTrue("flag")).isTrue();
        assertThat(UpstreamFixture.fields("{\"flag\":\"true\"}").isTrue("flag")).isTrue();
        assertThat(fields.isTrue("no")).isFalse();
        assertThat(fields.isTrue("missing")).isFalse();
        assertThat(fields.isTrue("true")).isFalse();
        assertThat(fields.isTrue("number")).isFalse();
    }

    @Test
    void integerIsANumberOrItsDigits() {
        assertThat(fields.integer("digits")).isEqualTo(-42);
        assertThat(UpstreamFixture.fields("{\"a\":60.0}").integer("a")).isEqualTo(60);
        assertThat(fields.integer("number")).isNull();
        assertThat(fields.integer("long")).isNull();
        assertThat(fields.integer("text")).isNull();
        assertThat(fields.integer("object")).isNull();
        assertThat(fields.integer("nothing")).isNull();
        assertThat(UpstreamFixture.fields("{\"a\":1e400}").integer("a")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2024-01-15T10:30:00Z\"', 2024-01-15T10:30:00Z",
        "'\"2024-01-15T10:30:00.123+02:00\"', 2024-01-15T08:30:00.123Z",
        "'\"2024-01-15 10:30:00Z\"', 2024-01-15T10:30:00Z",
        "1705312200, 2024-01-15T09:50:00Z",
        "'\"1705312200\"', 2024-01-15T09:50:00Z",
        "1705312200123, 2024-01-15T09:50:00.123Z",
        "'\"2024-01-15\"',",
        "'\"yesterday\"',",
        "'\"\"',",
        "-5,",
        "1e30,",
        "{},",
        "null,"
    })
    void instantIsReadFromTextSecondsOrMilliseconds(String json, @Nullable Instant expected) {
        assertThat(UpstreamFixture.fields("{\"at\":" + json + "}").instant("missing", "at"))
                .isEqualTo(expected);
    }

    @Test
    void listsAreReadWithoutElementsOfOtherTypes() {
        assertThat(fields.objects("list")).hasSize(3);
        assertThat(fields.objects("text")).isNull();
        assertThat(fields.objects("missing")).isNull();
        assertThat(fields.texts("list", "name", "label")).isEqualTo(List.of("a", "1", "n", "l"));
        assertThat(fields.texts("object")).isNull();
        assertThat(Objects.requireNonNull(fields.object("object")).text("name")).isEqualTo("n");
        assertThat(fields.object("text")).isNull();
    }

    @Test
    void unusualKeysAreRead() {
        assertThat(UpstreamFixture.fields("{\"\":1,\"a.b\":2,\"a\":1,\"a\":3}").text("a"))
                .isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.0, 1",
        "1.2e3, 1200",
        "1200.00, 1200",
        "1E+2, 100",
        "-0.0, 0",
        "12345678901234567890123, 12345678901234567890123",
        "12345678901234567890123.0, 12345678901234567890123",
        "1.5, 1.5",
        "0.1, 0.1"
    })
    void wholeNumberHasOneTextInAnyNotation(String number, String text) {
        assertThat(UpstreamFixture.fields("{\"id\":" + number + "}").text("id")).isEqualTo(text);
    }

    @Test
    void hugeExponentIsNotExpanded() {
        assertThat(UpstreamFixture.fields("{\"id\":1e999999}").text("id")).hasSizeLessThan(20);
    }

    @Test
    void malformedBytesAreReplaced() {
        byte[] body = "{\"name\":\"Caf\u00e9\",\"id\":1}".getBytes(StandardCharsets.ISO_8859_1);
        VendorJson json = Objects.requireNonNull(VendorJson.parse(body));
        assertThat(json.text("name")).isEqualTo("Caf\uFFFD");
        assertThat(json.text("id")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "a\\ud83d, a\uFFFD",
        "\\udd25a, \uFFFDa",
        "\\ud83d\\ud83d\\udd25, \uFFFD\uD83D\uDD25",
        "\\ud83d\\udd25, \uD83D\uDD25"
    })
    void unpairedSurrogateIsReplaced(String name, String text) {
        assertThat(UpstreamFixture.fields("{\"name\":\"" + name + "\"}").text("name"))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"null, false", "'\"\"', false", "[], false", "{}, false", "'\"a\"', true", "0, true", "'[null]', true"})
    void fieldHasAValueUnlessItIsEmpty(String value, boolean has) {
        VendorJson json = UpstreamFixture.fields("{\"field\":" + value + "}");
        assertThat(json.has("field")).isEqualTo(has);
        assertThat(json.has("missing")).isFalse();
    }
}
