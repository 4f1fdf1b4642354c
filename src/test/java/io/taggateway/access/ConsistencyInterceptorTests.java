package io.taggateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import io.taggateway.access.http.GraphQlEndpoint;
import io.taggateway.tagging.directory.TenantRegistry.AccountSet;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.operation.Caller;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.OperationContext.Origin;
import io.taggateway.tagging.operation.OperationDeadline;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.source.ReplicaConsistency;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.graphql.support.DefaultGraphQlRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.util.LinkedMultiValueMap;
import reactor.core.publisher.Mono;

/** Tests which tokens are waited for. */
class ConsistencyInterceptorTests {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final List<String> awaited = new ArrayList<>();
    private final ConsistencyInterceptor interceptor = new ConsistencyInterceptor(new RecordingReplicas());

    /** The token in the response to an operation. */
    private @Nullable String execute(byte key, @Nullable String token, boolean writes) {
        HttpHeaders headers = new HttpHeaders();
        if (token != null) {
            headers.set(GraphQlEndpoint.CONSISTENCY_TOKEN, token);
        }
        VendorDirectory directory = new VendorDirectory(
                new AccountSet(List.of(), new CursorCodec(new byte[] {key})), new ChangeFeed(1), Duration.ofDays(1));
        OperationContext operation = OperationContext.begin(
                new Origin(Caller.ANYONE, "test", directory), OperationDeadline.in(Clock.systemUTC(), LIMIT));
        WebGraphQlResponse response = interceptor
                .intercept(
                        request(headers),
                        request -> Mono.fromSupplier(() -> {
                            if (writes) {
                                operation
                                        .requests()
                                        .invalidateAfter(Mono.empty())
                                        .subscribe();
                            }
                            return response();
                        }))
                .contextWrite(operation::in)
                .block();
        return Objects.requireNonNull(response).getResponseHeaders().getFirst(GraphQlEndpoint.CONSISTENCY_TOKEN);
    }

    private static WebGraphQlRequest request(HttpHeaders headers) {
        return new WebGraphQlRequest(
                URI.create("/graphql"),
                headers,
                new LinkedMultiValueMap<>(),
                null,
                Map.of(),
                new DefaultGraphQlRequest("{ vendors { vendor } }"),
                "1",
                Locale.ROOT);
    }

    private static WebGraphQlResponse response() {
        return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(
                ExecutionInput.newExecutionInput("{ vendors { vendor } }").build(),
                ExecutionResult.newExecutionResult().build()));
    }

    @Test
    void tokenOfAWriteIsAwaited() {
        String token = execute((byte) 1, null, true);
        assertThat(token).matches("u-1-2\\.[A-Za-z0-9_-]{22}");
        assertThat(awaited).isEmpty();
        assertThat(execute((byte) 1, token, false)).isNull();
        assertThat(awaited).containsExactly("u-1-2");
    }

    @Test
    void tokenOfAnotherTenantIsIgnored() {
        execute((byte) 2, execute((byte) 1, null, true), false);
        assertThat(awaited).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "u-1-2", "1", "zzzzzzzzzzz", "u-1-2.", ".", "u-1-2.AAAAAAAAAAAAAAAAAAAAAA", "\u2028."})
    void textWithoutSignatureIsIgnored(String text) {
        assertThat(execute((byte) 1, text, false)).isNull();
        assertThat(awaited).isEmpty();
    }

    @Test
    void changedTokenIsIgnored() {
        String token = Objects.requireNonNull(execute((byte) 1, null, true));
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            execute((byte) 1, token.substring(0, i) + other + token.substring(i + 1), false);
            execute((byte) 1, token.substring(0, i), false);
        }
        assertThat(awaited).isEmpty();
    }

    /** Replicas that record the tokens that are waited for. */
    private final class RecordingReplicas implements ReplicaConsistency {

        @Override
        public String token(Tenant tenant) {
            return "u-1-2";
        }

        @Override
        public Mono<Void> await(Tenant tenant, String token) {
            return Mono.fromRunnable(() -> awaited.add(token));
        }
    }
}
