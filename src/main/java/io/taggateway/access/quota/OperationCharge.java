package io.taggateway.access.quota;

import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import io.github.bucket4j.ConsumptionProbe;
import io.taggateway.access.quota.CallerQuota.Account;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.ErrorRenderer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** The charge of one operation to its caller's quota: one request, and its cost. It is in the GraphQL context. */
public final class OperationCharge {

    private final Account requests;
    private final Account costs;
    private volatile @Nullable ConsumptionProbe request;
    private volatile @Nullable ConsumptionProbe cost;

    OperationCharge(Account requests, Account costs) {
        this.requests = requests;
        this.costs = costs;
    }

    /** Requests the token for one request from the shared bucket; null if there is nothing to wait for. */
    @Nullable
    Mono<Void> await() {
        request = requests.perMinute() == 0 ? null : requests.tryTake(1);
        return requests.perMinute() == 0 || request != null
                ? null
                : requests.takeLater(1).doOnNext(taken -> request = taken).then();
    }

    /**
     * Charges one request, unless it was already charged. Returns the error if the caller has none left, or else null.
     */
    @Nullable
    GraphQLError takeRequest() {
        request = request == null ? take(requests, 1) : request;
        return error(request, "The caller sends too many operations: the maximum is %d a minute.", requests);
    }

    /**
     * Charges the cost of the operation before it is executed.
     *
     * @param objects the number of objects that the response may contain
     * @throws AbortExecutionException if the caller's remaining quota is too small
     */
    public void takeCost(long objects) {
        cost = take(costs, objects);
        GraphQLError error =
                error(cost, "The caller's operations cost too much: the maximum is %d objects a minute.", costs);
        if (error != null) {
            throw new AbortExecutionException(List.of(error));
        }
    }

    /**
     * Charges one request and the cost of an operation whose response is cached. Returns whether the remaining quota
     * was sufficient. If it was not, nothing is charged, as the operation is then executed and refused like any other.
     */
    boolean takeRepeated(long objects) {
        request = requests.perMinute() == 0 ? null : requests.tryTake(1);
        if (requests.perMinute() != 0 && request == null) {
            return false;
        }
        if (!isTaken(request)) {
            return false;
        }
        cost = take(costs, objects);
        if (!isTaken(cost) && request != null) {
            requests.giveBack(1);
        }
        return isTaken(cost);
    }

    private static boolean isTaken(@Nullable ConsumptionProbe probe) {
        return probe == null || probe.isConsumed();
    }

    private static @Nullable ConsumptionProbe take(Account account, long tokens) {
        return account.perMinute() == 0 ? null : account.take(tokens);
    }

    private static @Nullable GraphQLError error(@Nullable ConsumptionProbe probe, String message, Account account) {
        return probe == null || probe.isConsumed()
                ? null
                : ErrorRenderer.retryAfter(
                        ErrorCode.RATE_LIMIT_EXCEEDED,
                        message.formatted(account.perMinute()),
                        RateLimitHeader.retryAfter(probe));
    }

    /** Adds the limits, the remaining quotas, and {@code Retry-After} if the operation was rejected. */
    void addTo(HttpHeaders headers) {
        headers.set(RateLimitHeader.POLICY, joined(policy(requests), policy(costs)));
        headers.set(RateLimitHeader.NAME, joined(state(requests, request), state(costs, cost)));
        ConsumptionProbe last = cost == null ? request : cost;
        if (last != null && !last.isConsumed()) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(RateLimitHeader.retryAfter(last)));
        }
    }

    private static String joined(@Nullable String first, @Nullable String second) {
        return first == null ? Objects.requireNonNullElse(second, "") : second == null ? first : first + ", " + second;
    }

    private static @Nullable String policy(Account account) {
        return account.perMinute() == 0
                ? null
                : RateLimitHeader.policy(account.limit().name(), account.perMinute());
    }

    private static @Nullable String state(Account account, @Nullable ConsumptionProbe probe) {
        return probe == null ? null : RateLimitHeader.state(account.limit().name(), account.perMinute(), probe);
    }
}
