package io.taggateway.access.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taggateway.access.security.ApiKeyRegistry;
import io.taggateway.support.SettableClock;
import io.taggateway.tagging.operation.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** Tests of the quota of callers. */
class CallerQuotaTests {

    private static final Caller WEB = caller("web", null);
    private static final Caller APP = caller("app", null);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-26T10:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void limitsTheOperationsOfACaller() {
        CallerQuota quota = quota(Map.of("caller.requests-per-minute", 2));
        assertThat(request(quota, WEB)).isNull();
        assertThat(request(quota, WEB)).isNull();
        GraphQLError error = Objects.requireNonNull(request(quota, WEB));
        assertThat(error.getMessage()).isEqualTo("The caller sends too many operations: the maximum is 2 a minute.");
        assertThat(error.getExtensions())
                .containsEntry("code", "RATE_LIMIT_EXCEEDED")
                .containsEntry("retryable", true)
                .containsEntry("retryAfterSeconds", 30L);
        assertThat(request(quota, APP)).isNull();
        assertThat(request(quota, caller("web", "acme"))).isNull();
        clock.advance(Duration.ofSeconds(29));
        assertThat(request(quota, WEB)).isNotNull();
        clock.advance(Duration.ofSeconds(1));
        assertThat(request(quota, WEB)).isNull();
        assertThat(request(quota, WEB)).isNotNull();
        assertThat(refused("requests")).isEqualTo(3);
    }

    @Test
    void limitsTheCostOfACallersOperations() {
        CallerQuota quota = quota(Map.of("caller.cost-per-minute", 100));
        take(quota, WEB, 70);
        assertThatExceptionOfType(AbortExecutionException.class)
                .isThrownBy(() -> take(quota, WEB, 40))
                .satisfies(refusal -> assertThat(refusal.getUnderlyingErrors())
                        .singleElement()
                        .satisfies(error -> assertThat(error.getExtensions())
                                .containsEntry("code", "RATE_LIMIT_EXCEEDED")
                                .containsEntry("retryAfterSeconds", 6L)));
        take(quota, WEB, 30);
        take(quota, APP, 100);
        assertThat(refused("cost")).isEqualTo(1);
    }

    @Test
    void operationUsesTheWholeQuotaWhenItCostsMore() {
        CallerQuota quota = quota(Map.of("caller.cost-per-minute", 100));
        take(quota, WEB, 5_000);
        assertThatExceptionOfType(AbortExecutionException.class).isThrownBy(() -> take(quota, WEB, 1));
        clock.advance(Duration.ofSeconds(59));
        assertThatExceptionOfType(AbortExecutionException.class).isThrownBy(() -> take(quota, WEB, 5_000));
        clock.advance(Duration.ofSeconds(1));
        take(quota, WEB, 5_000);
    }

    @Test
    void operationCountsAsOneObjectWhenItsCostIsZero() {
        CallerQuota quota = quota(Map.of("caller.cost-per-minute", 2));
        take(quota, WEB, 0);
        take(quota, WEB, 0);
        assertThatExceptionOfType(AbortExecutionException.class).isThrownBy(() -> take(quota, WEB, 0));
    }

    @Test
    void callersHaveNoLimitWhenTheyDoNotAuthenticate() {
        CallerQuota quota = quota(Map.of("caller.requests-per-minute", 1, "caller.cost-per-minute", 1));
        assertThat(quota.begin(Caller.ANYONE)).isNull();
        assertThat(quota(Map.of()).begin(WEB)).isNull();
    }

    @Test
    void limitsOfOneCallerCanBeConfigured() {
        CallerQuota quota = quota(Map.of(
                "caller.requests-per-minute", 1,
                "callers.app.requests-per-minute", 3,
                "callers.batch.requests-per-minute", 0));
        assertThat(accepted(quota, WEB)).isEqualTo(1);
        assertThat(accepted(quota, APP)).isEqualTo(3);
        assertThat(quota.begin(caller("batch", null))).isNull();
    }

    @Test
    void callersOfATenantShareItsLimits() {
        CallerQuota quota = quota(Map.of(
                "caller.requests-per-minute", 1,
                "callers.app.requests-per-minute", 3,
                "tenants.acme.requests-per-minute", 2));
        assertThat(request(quota, caller("one", "acme"))).isNull();
        assertThat(request(quota, caller("two", "acme"))).isNull();
        assertThat(request(quota, caller("one", "acme"))).isNotNull();
        assertThat(accepted(quota, caller("app", "acme"))).isEqualTo(3);
        assertThat(accepted(quota, caller("one", "other"))).isEqualTo(1);
        assertThat(accepted(quota, caller("two", "other"))).isEqualTo(1);
    }

    @Test
    void headersContainLimitsAndRemainingQuota() {
        CallerQuota quota = quota(Map.of("caller.requests-per-minute", 60, "caller.cost-per-minute", 600));
        OperationCharge charge = begin(quota, WEB);
        charge.takeRequest();
        assertThat(headers(charge))
                .isEqualTo("\"requests\";q=60;w=60, \"cost\";q=600;w=60 | \"requests\";r=59;t=1 | null");
        charge.takeCost(25);
        assertThat(headers(charge))
                .isEqualTo("\"requests\";q=60;w=60, \"cost\";q=600;w=60"
                        + " | \"requests\";r=59;t=1, \"cost\";r=575;t=1 | null");
        OperationCharge refused = begin(quota, WEB);
        refused.takeRequest();
        assertThatExceptionOfType(AbortExecutionException.class).isThrownBy(() -> refused.takeCost(600));
        assertThat(headers(refused)).endsWith("\"requests\";r=58;t=1, \"cost\";r=575;t=1 | 3");
    }

    private static String headers(OperationCharge charge) {
        HttpHeaders headers = new HttpHeaders();
        charge.addTo(headers);
        return headers.getFirst("RateLimit-Policy") + " | " + headers.getFirst("RateLimit") + " | "
                + headers.getFirst("Retry-After");
    }

    private static int accepted(CallerQuota quota, Caller caller) {
        int accepted = 0;
        while (accepted < 10 && request(quota, caller) == null) {
            accepted++;
        }
        return accepted;
    }

    private static @Nullable GraphQLError request(CallerQuota quota, Caller caller) {
        return begin(quota, caller).takeRequest();
    }

    private static void take(CallerQuota quota, Caller caller, long cost) {
        begin(quota, caller).takeCost(cost);
    }

    private static OperationCharge begin(CallerQuota quota, Caller caller) {
        return Objects.requireNonNull(quota.begin(caller));
    }

    private static Caller caller(String name, @Nullable String tenant) {
        return new Caller(name, tenant, Set.of(), null);
    }

    private double refused(String limit) {
        return meters.get("taggateway.rate.limited")
                .tag("limit", limit)
                .counter()
                .count();
    }

    private CallerQuota quota(Map<String, Integer> settings) {
        return new CallerQuota(
                QuotaFixture.properties(settings), new ApiKeyRegistry(), clock, meters, SharedQuota.none());
    }
}
