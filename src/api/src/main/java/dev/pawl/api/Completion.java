package dev.pawl.api;

import java.time.Duration;
import java.util.Optional;

/** What a poll of an {@link AsyncBatchStage} has found. */
public sealed interface Completion<O, S> {

    /** The work has ended well; the next group of stages follows. */
    record Ready<O, S>(O output) implements Completion<O, S> {}

    /** The work goes on. */
    record NotReady<O, S>(Optional<Duration> nextCheckIn, Optional<S> state) implements Completion<O, S> {
        public NotReady {
            if (nextCheckIn.isPresent() && nextCheckIn.get().isNegative()) {
                throw new IllegalArgumentException("nextCheckIn must not be negative, was " + nextCheckIn.get());
            }
        }

        /** Asks again after this time, once, in place of the stage's interval. */
        public NotReady<O, S> withNextCheckIn(Duration pause) {
            return new NotReady<>(Optional.of(pause), state);
        }

        /** Hands this state to the polls that follow. */
        public NotReady<O, S> withState(S newState) {
            return new NotReady<>(nextCheckIn, Optional.of(newState));
        }
    }

    /** The work has ended badly; the stage fails and is not tried again. */
    record Failed<O, S>(String code, String message) implements Completion<O, S> {}

    static <O, S> Completion<O, S> ready(O output) {
        return new Ready<>(output);
    }

    static <O, S> NotReady<O, S> notReady() {
        return new NotReady<>(Optional.empty(), Optional.empty());
    }

    static <O, S> Completion<O, S> failed(String message) {
        return new Failed<>("BATCH_FAILED", message);
    }

    /** @param code stable, UPPER_SNAKE; stands in the run's error */
    static <O, S> Completion<O, S> failed(String code, String message) {
        return new Failed<>(code, message);
    }
}
