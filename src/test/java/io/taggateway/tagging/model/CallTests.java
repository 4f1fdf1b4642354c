package io.taggateway.tagging.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.source.SampleFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of calls, tags, groups and failures. */
class CallTests {

    @ParameterizedTest
    @CsvSource({"INBOUND, +331", "MISSED, +331", "VOICEMAIL, +331", "OUTGOING, +332"})
    void otherEndDependsOnTheTypeOfTheCall(CallType type, String number) {
        assertThat(call(type).otherEnds()).containsExactly(number);
    }

    @Test
    void bothEndsAreReturnedWhenTheTypeIsUnknown() {
        assertThat(call(CallType.UNKNOWN).otherEnds()).containsExactly("+331", "+332");
        assertThat(SampleFactory.call(Vendor.SIPSIM, "1", CallType.UNKNOWN, "+331", "+331")
                        .otherEnds())
                .containsExactly("+331");
        assertThat(SampleFactory.call(Vendor.SIPSIM, "1", CallType.UNKNOWN, null, "+332")
                        .otherEnds())
                .containsExactly("+332");
        assertThat(SampleFactory.call(Vendor.SIPSIM, "1", CallType.INBOUND, null, "+332")
                        .otherEnds())
                .isEmpty();
    }

    @Test
    void callInvolvesTheNumbersOfBothEnds() {
        assertThat(call(CallType.INBOUND).involves("+331")).isTrue();
        assertThat(call(CallType.INBOUND).involves("+332")).isTrue();
        assertThat(call(CallType.INBOUND).involves("+333")).isFalse();
        assertThat(call(CallType.INBOUND).id()).isEqualTo("sipsim:call:1");
    }

    @Test
    void slugOfATagIsDerivedFromItsNameOnly() {
        Tag tag = SampleFactory.tag(Vendor.SIPSIM, "7", "Hot  Lead");
        assertThat(tag.slug()).isEqualTo("hot-lead");
        assertThat(tag.id()).isEqualTo("sipsim:tag:7");
        assertThat(SampleFactory.tag(Vendor.SIPSIM, "7", "🔥").slug()).isEqualTo("🔥");
    }

    @Test
    void groupHasEachVendorOnceAndInOrder() {
        Tag one = SampleFactory.tag(Vendor.SWIPEONE, "1", "VIP");
        Tag two = SampleFactory.tag(Vendor.SIPSIM, "1", "VIP");
        Tag three = SampleFactory.tag(Vendor.SWIPEONE, "2", "VIP");
        TagGroup group = new TagGroup("vip", "VIP", List.of(one, two, three), List.of(), List.of(), List.of());
        assertThat(group.vendors()).containsExactly(Vendor.SIPSIM, Vendor.SWIPEONE);
        assertThat(SampleFactory.contact(Vendor.SWIPEONE, "9", "A B", null, null)
                        .id())
                .isEqualTo("swipeone:contact:9");
    }

    @ParameterizedTest
    @EnumSource
    void everyFailureNamesItsVendorInASentence(FailureReason reason) {
        SourceException failure = SourceException.of(Vendor.SWIPEONE, reason);
        assertThat(failure.text()).startsWith("Swipe One ").endsWith(".");
        assertThat(failure.errorId())
                .isNotEqualTo(SourceException.of(Vendor.SWIPEONE, reason).errorId());
        assertThat(failure.retryAfter()).isNull();
        assertThat(failure.getStackTrace()).isEmpty();
    }

    @Test
    void onlyTemporaryFailuresAreRetryable() {
        assertThat(List.of(FailureReason.values()).stream().filter(FailureReason::retryable))
                .containsExactly(
                        FailureReason.UNAVAILABLE,
                        FailureReason.SERVER_ERROR,
                        FailureReason.OVERLOADED,
                        FailureReason.TIMEOUT,
                        FailureReason.RATE_LIMITED,
                        FailureReason.CIRCUIT_OPEN,
                        FailureReason.INVALID_RESPONSE,
                        FailureReason.CLUSTER_UNAVAILABLE);
        assertThat(SourceException.rateLimited(Vendor.SIPSIM, Duration.ofSeconds(9))
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(9));
    }

    private static Call call(CallType type) {
        return SampleFactory.call(Vendor.SIPSIM, "1", type, "+331", "+332");
    }
}
