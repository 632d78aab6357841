package dev.pawl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {

    @Test
    void whatIsOverTheBudgetIsNamedWithBothNumbers() {
        PerRun run = new PerRun(8.5, 30, 2, 5, 0.25, 9000, 1, 0, 3, 2, 1, 9);

        assertThat(Budget.THREE_STEPS.exceededBy(run))
                .containsExactly(
                        "statements: 8.50 where 8.00 are allowed", "two-phase commits: 0.25 where 0.10 are allowed");
    }

    @Test
    void whatIsJustAllowedIsWithinTheBudget() {
        PerRun run = new PerRun(8, 30, 2, 5, 0.1, 9000, 1, 0, 3, 2, 1, 9);

        assertThat(Budget.THREE_STEPS.exceededBy(run)).isEmpty();
    }
}
