package dev.pawl.engine.retention;

import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.port.RetentionStore.OldRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long things are kept; an absent age keeps them for ever.
 *
 * @param completed completed runs, from their end
 * @param failed failed runs, from their end
 * @param cancelled cancelled runs, from their end
 * @param keys idempotency keys, from their command
 * @param deadLetters dead letters, from their burial
 * @param logs log lines of runs that stay, from their writing
 * @param events events from outside, from their coming
 */
public record Ages(
        Optional<Duration> completed,
        Optional<Duration> failed,
        Optional<Duration> cancelled,
        Optional<Duration> keys,
        Optional<Duration> deadLetters,
        Optional<Duration> logs,
        Optional<Duration> events) {

    public Ages {
        Stream.of(completed, failed, cancelled, keys, deadLetters, logs, events)
                .flatMap(Optional::stream)
                .filter(Duration::isNegative)
                .findAny()
                .ifPresent(age -> {
                    throw new IllegalArgumentException("an age is not negative, was " + age);
                });
        completed = completed.filter(age -> !age.isZero());
        failed = failed.filter(age -> !age.isZero());
        cancelled = cancelled.filter(age -> !age.isZero());
        keys = keys.filter(age -> !age.isZero());
        deadLetters = deadLetters.filter(age -> !age.isZero());
        logs = logs.filter(age -> !age.isZero());
        events = events.filter(age -> !age.isZero());
    }

    /** Runs created since then have nothing that is old; absent when runs and their logs are kept for ever. */
    Optional<Instant> createdBefore(Instant now) {
        return Stream.of(completed, failed, cancelled, logs)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .map(now::minus);
    }

    boolean isOver(OldRun run, Instant now) {
        Instant end = run.completedAt();
        return end != null
                && of(run.status()).map(age -> end.isBefore(now.minus(age))).orElse(false);
    }

    private Optional<Duration> of(RunStatus status) {
        return switch (status) {
            case COMPLETED -> completed;
            case FAILED -> failed;
            case CANCELLED -> cancelled;
            case PENDING, RUNNING, SUSPENDED -> Optional.empty();
        };
    }
}
