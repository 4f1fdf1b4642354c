package io.taggateway.vendor.sipsim;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.Tag;
import io.taggateway.upstream.http.UpstreamFixture;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of mapping SIPSIM's tags and calls, documented and undocumented forms. */
class SipsimMapperTests {

    private final SipsimMapper mapper = new SipsimMapper(UpstreamFixture.phoneNumbers(null));

    @Test
    void documentedTagIsMappedCompletely() {
        Tag tag =
                tag("{\"id\":1,\"name\":\"Important\",\"color\":\"#FF0000\",\"description\":\"High priority calls\"}");
        assertThat(tag.remoteId()).isEqualTo("1");
        assertThat(tag.name()).isEqualTo("Important");
        assertThat(tag.color()).isEqualTo(new Color("#FF0000", "#FF0000"));
        assertThat(tag.description()).isEqualTo("High priority calls");
        assertThat(tag.remoteKey()).isNull();
        assertThat(tag.complete()).isTrue();
        assertThat(tag.raw()).containsEntry("name", "Important");
    }

    @Test
    void onlyInvalidFieldsOfATagAreDropped() {
        Tag tag = tag("{\"id\":\"x1\",\"name\":{\"en\":\"a\"},\"color\":[1],\"description\":\"\",\"new\":{\"a\":[1]}}");
        assertThat(tag.remoteId()).isEqualTo("x1");
        assertThat(tag.name()).isEqualTo("x1");
        assertThat(tag.color()).isEqualTo(new Color(Color.DEFAULT_HEX, null));
        assertThat(tag.description()).isNull();
        assertThat(tag.raw()).containsKey("new");
        assertThat(tag("{\"id\":2}").name()).isEqualTo("2");
        assertThat(tag("{\"id\":2,\"color\":\"FF0000\"}").color().hex()).isEqualTo("#FF0000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":{}}", "{\"name\":\"VIP\"}"})
    void entryWithoutIdIsNoTagAndNoCall(String json) {
        assertThat(SipsimMapper.tag(UpstreamFixture.fields(json))).isNull();
        assertThat(mapper.call(UpstreamFixture.fields(json))).isNull();
        assertThat(SipsimMapper.tags(List.of(UpstreamFixture.fields(json)), true))
                .isEmpty();
    }

    @Test
    void documentedCallIsMappedCompletely() {
        Call call = call("""
            {"id":12345,"direction":"inbound","caller_number":"+33 1 99 00 10 00","receiver_number":"0199001001",
             "start_time":"2024-01-15T10:30:00Z","duration_sec":61,
             "tags":[{"id":1,"name":"VIP","color":"#FF0000"},{"name":"no id"},"text",{"id":"2"}]}
            """);
        assertThat(call.remoteId()).isEqualTo("12345");
        assertThat(call.type()).isEqualTo(CallType.INBOUND);
        assertThat(call.callerNumber()).isEqualTo("+33199001000");
        assertThat(call.receiverNumber()).isEqualTo("0199001001");
        assertThat(call.startedAt()).isEqualTo(Instant.parse("2024-01-15T10:30:00Z"));
        assertThat(call.durationSeconds()).isEqualTo(61);
        assertThat(Objects.requireNonNull(call.embeddedTags()))
                .extracting(Tag::remoteId)
                .containsExactly("1", "2");
        assertThat(Objects.requireNonNull(call.embeddedTags())).noneMatch(Tag::complete);
    }

    @Test
    void onlyInvalidFieldsOfACallAreDropped() {
        Call call = call("""
            {"id":"+33199001000-1700000000.12","call_type":{},"caller_number":33199001000,"receiver_number":null,
             "start_time":"soon","time":1705312200,"duration_sec":"long","tags":"VIP"}
            """);
        assertThat(call.remoteId()).isEqualTo("+33199001000-1700000000.12");
        assertThat(call.type()).isEqualTo(CallType.UNKNOWN);
        assertThat(call.callerNumber()).isEqualTo("33199001000");
        assertThat(call.receiverNumber()).isNull();
        assertThat(call.startedAt()).isNull();
        assertThat(call.durationSeconds()).isNull();
        assertThat(call.embeddedTags()).isNull();
        assertThat(call("{\"id\":1,\"tags\":[]}").embeddedTags()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "inbound,, INBOUND",
        "INCOMING,, INBOUND",
        "outgoing,, OUTGOING",
        "Outbound,, OUTGOING",
        "missed, inbound, MISSED",
        "voicemail, inbound, VOICEMAIL",
        ", outgoing, OUTGOING",
        "conference, outgoing, OUTGOING",
        "conference, sideways, UNKNOWN",
        ",, UNKNOWN"
    })
    void callTypeTakesPrecedenceOverDirection(@Nullable String type, @Nullable String direction, CallType expected) {
        Call call = call("{\"id\":1,\"call_type\":%s,\"direction\":%s}".formatted(quoted(type), quoted(direction)));
        assertThat(call.type()).isEqualTo(expected);
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : '"' + text + '"';
    }

    private static Tag tag(String json) {
        return Objects.requireNonNull(SipsimMapper.tag(UpstreamFixture.fields(json)));
    }

    private Call call(String json) {
        return Objects.requireNonNull(mapper.call(UpstreamFixture.fields(json)));
    }
}
