package io.taggateway.upstream.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests of the budget for retries. */
class RetryBudgetTests {

    private final RetryPolicy.Budget budget = new RetryPolicy.Budget();

    @Test
    void retriesAreLimitedToAFifthOfTheRequestsPlusTwo() {
        int spent = 0;
        for (int request = 0; request < 1_000; request++) {
            budget.addRequest();
            while (budget.tryAcquire()) {
                spent++;
            }
        }
        assertThat(spent).isBetween(200, 202);
    }

    @Test
    void budgetContainsAtMostTwoRetries() {
        for (int request = 0; request < 1_000; request++) {
            budget.addRequest();
        }
        assertThat(budget.tryAcquire()).isTrue();
        assertThat(budget.tryAcquire()).isTrue();
        assertThat(budget.tryAcquire()).isFalse();
    }

    @Test
    void fiveRequestsAddOneRetry() {
        assertThat(budget.tryAcquire()).isTrue();
        assertThat(budget.tryAcquire()).isTrue();
        for (int request = 0; request < 4; request++) {
            budget.addRequest();
            assertThat(budget.tryAcquire()).isFalse();
        }
        budget.addRequest();
        assertThat(budget.tryAcquire()).isTrue();
    }
}
