package dev.pawl.testkit;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.testkit.memory.InMemoryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Knows when the next thing is to happen by itself. */
final class UnfinishedWork {

    /** A lease is lost when its end has passed, not when it is reached. */
    private static final Duration JUST_AFTER = Duration.ofMillis(1);

    private final InMemoryDatabase database;

    UnfinishedWork(InMemoryDatabase database) {
        this.database = database;
    }

    /** The first time after one and not after the other at which a step is due or a lease has run out. */
    Optional<Instant> nextTime(Instant after, Instant last) {
        return Stream.concat(
                        running().stream().flatMap(run -> run.steps().stream().flatMap(step -> timeOf(run, step))),
                        Stream.concat(database.nextRetry(after).stream(), database.nextLimit(after).stream()))
                .filter(time -> time.isAfter(after) && !time.isAfter(last))
                .min(Instant::compareTo);
    }

    private static Stream<Instant> timeOf(Run run, StepState step) {
        if (step.lease() == null && step.status().isOpen()) {
            return run.state().paused() ? Stream.empty() : Stream.ofNullable(step.dueAt());
        }
        return step.lease() == null
                ? Stream.empty()
                : Stream.of(step.lease().until().plus(JUST_AFTER));
    }

    private List<Run> running() {
        RunFilter filter = new RunFilter(
                Caller.ANONYMOUS.tenant(),
                null,
                Set.of(RunStatus.RUNNING, RunStatus.SUSPENDED),
                null,
                null,
                null,
                null);
        List<RunId> ids = database.queries().list(filter, Optional.empty(), Integer.MAX_VALUE - 1).items().stream()
                .map(view -> new RunId(view.id()))
                .toList();
        try {
            return database.inTransaction(
                    () -> List.copyOf(database.runs().lock(ids).values()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A store throws no checked exceptions", e);
        }
    }
}
