package dev.pawl.acceptance.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what another process does, where nothing could tell: asks often and gives up in time. */
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private Await() {}

    /** A question another process may refuse to answer while it is not ready. */
    @FunctionalInterface
    public interface Question {
        boolean holds() throws Exception;
    }

    /** Returns once the question holds; a question that throws does not hold yet. */
    public static void until(String what, Duration patience, Question question) {
        until(what, patience, question, Optional::empty);
    }

    /**
     * Returns once the question holds, and gives up early when {@code hopeless} has a reason.
     *
     * @throws AssertionError naming what was awaited and the last refusal
     */
    public static void until(String what, Duration patience, Question question, Supplier<Optional<String>> hopeless) {
        long end = System.nanoTime() + patience.toNanos();
        Exception refusal = null;
        while (true) {
            try {
                if (question.holds()) {
                    return;
                }
            } catch (Exception e) {
                refusal = e;
            }
            Optional<String> reason = hopeless.get();
            if (reason.isPresent() || System.nanoTime() > end) {
                throw new AssertionError(
                        reason.map(r -> what + ": " + r).orElse("not within " + patience + ": " + what), refusal);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE.toMillis()));
        }
    }
}
