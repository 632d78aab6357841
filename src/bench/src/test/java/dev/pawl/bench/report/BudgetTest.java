package dev.pawl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {

    @Test
    void whatIsOverTheBudgetIsNamedWithBothNumbers() {
        PerRun run = new PerRun(20.5, 30, 6, 5, 2.25, 9000, 1, 0, 3, 2, 1, 9);

        assertThat(Budget.THREE_STEPS.exceededBy(run))
                .containsExactly(
                        "statements: 20.50 where 20.00 are allowed", "two-phase commits: 2.25 where 2.00 are allowed");
    }

    @Test
    void whatIsJustAllowedIsWithinTheBudget() {
        PerRun run = new PerRun(20, 30, 6, 5, 2, 9000, 1, 0, 3, 2, 1, 9);

        assertThat(Budget.THREE_STEPS.exceededBy(run)).isEmpty();
    }
}
