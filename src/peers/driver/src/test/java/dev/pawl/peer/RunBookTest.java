package dev.pawl.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunBookTest {

    private final RunBook book = new RunBook();

    @Test
    void aRunWhoseStepsWereExecutedOnceIsWhole() {
        int run = book.open();
        book.step(run, 0);
        book.step(run, 1);
        book.step(run, 2);
        book.completed(run);

        assertThat(book.close(List.of(run))).isEmpty();
    }

    @Test
    void missingAndRepeatedStepsAreNamed() {
        int run = book.open();
        book.step(run, 0);
        book.step(run, 0);
        book.step(run, 2);

        assertThat(book.close(List.of(run)))
                .containsExactly(
                        "step 0 of run 1 was executed 2 times",
                        "step 1 of run 1 was executed 0 times",
                        "run 1 was completed 0 times");
    }
}
