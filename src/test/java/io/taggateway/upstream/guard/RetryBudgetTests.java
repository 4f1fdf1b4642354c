package io.taggateway.upstream.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests of the budget for retries. */
class RetryBudgetTests {

    private final RetryPolicy.Budget budget = new RetryPolicy.Budget();

    @Test
    void deadVendorGetsAFifthMoreRequestsAndTwo() {
        int spent = 0;
        for (int request = 0; request < 1_000; request++) {
            budget.earn();
            while (budget.spend()) {
                spent++;
            }
        }
        assertThat(spent).isBetween(200, 202);
    }

    @Test
    void quietTimesEarnNoMoreThanTwo() {
        for (int request = 0; request < 1_000; request++) {
            budget.earn();
        }
        assertThat(budget.spend()).isTrue();
        assertThat(budget.spend()).isTrue();
        assertThat(budget.spend()).isFalse();
    }

    @Test
    void fiveRequestsEarnOneMore() {
        assertThat(budget.spend()).isTrue();
        assertThat(budget.spend()).isTrue();
        for (int request = 0; request < 4; request++) {
            budget.earn();
            assertThat(budget.spend()).isFalse();
        }
        budget.earn();
        assertThat(budget.spend()).isTrue();
    }
}
