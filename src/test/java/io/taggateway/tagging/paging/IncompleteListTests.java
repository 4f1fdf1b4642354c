package io.taggateway.tagging.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.SourceList.PageReader;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Tests of lists for which the vendor does not say where they continue. */
class IncompleteListTests {

    private static final CursorCodec CURSORS = new CursorCodec("key".getBytes(StandardCharsets.UTF_8));

    private static final ListScope SCOPE = ListScope.of(CURSORS, "numbers", "");

    private final ConnectionReader reader = new ConnectionReader(20);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listFailsWithTheItemsThatWereReadWhenThereIsNoNextToken(boolean circle) {
        Connection<Integer> page = read(first(20, null), endingNowhere(circle));
        assertThat(page.nodes()).isEqualTo(numbers(0, 9));
        assertThat(page.sources()).extracting(SourceOutcome::status).containsExactly(SourceStatus.FAILED);
        assertThat(Objects.requireNonNull(page.sources().getFirst().failure()).reason())
                .isEqualTo(FailureReason.INVALID_RESPONSE);
        assertThat(page.pageInfo().hasNextPage()).isFalse();
    }

    @Test
    void listFailsOnlyAfterItsLastItemWhenThereIsNoNextToken() {
        Connection<Integer> page = read(first(8, null), endingNowhere(false));
        assertThat(page.nodes()).isEqualTo(numbers(0, 8));
        assertThat(page.sources()).extracting(SourceOutcome::status).containsExactly(SourceStatus.OK);
        assertThat(page.pageInfo().hasNextPage()).isTrue();
        Connection<Integer> rest = read(first(8, page.pageInfo().endCursor()), endingNowhere(false));
        assertThat(rest.nodes()).containsExactly(8);
        assertThat(rest.sources()).extracting(SourceOutcome::status).containsExactly(SourceStatus.FAILED);
    }

    /** Three pages of three numbers. The last one has no next page, or leads back to the second. */
    private static SourceList<Integer> endingNowhere(boolean circle) {
        PageReader<Integer> reader = (page, limit) -> {
            int number = page.value() == null ? 0 : Integer.parseInt(page.value());
            boolean last = number == 2;
            PageToken next = last && !circle ? null : PageToken.after(Integer.toString(last ? 1 : number + 1));
            List<Integer> items = numbers(3 * number, 3 * number + 3);
            return Mono.just(new SourcePage<>(items, next, null, null, SampleFactory.NOON, !last || circle));
        };
        return new SourceList<>(Vendor.SIPSIM, reader, 10, String::valueOf, null);
    }

    private Connection<Integer> read(PageArguments arguments, SourceList<Integer> list) {
        return SourceAssertions.require(reader.read(List.of(list), arguments, SCOPE));
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static PageArguments first(int first, @Nullable String after) {
        return PageArguments.forward(first, after);
    }
}
