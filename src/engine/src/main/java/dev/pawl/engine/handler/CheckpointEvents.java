package dev.pawl.engine.handler;

import dev.pawl.api.flow.CircuitBreaker;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.model.limit.Ticket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run's history tells of an entry of its journal. */
final class CheckpointEvents {

    private CheckpointEvents() {}

    static void record(Run run, Checkpoint entry, UnitOfWork work) {
        typeOf(entry).ifPresent(type -> work.record(run, type, payload(entry)));
    }

    private static Optional<EventType> typeOf(Checkpoint entry) {
        EventType type =
                switch (entry.kind()) {
                    case STEP, TRANSACTION ->
                        choose(
                                entry,
                                isPostponed(entry) ? null : EventType.STEP_RETRYING,
                                EventType.STEP_COMPLETED,
                                EventType.STEP_FAILED);
                    case SLEEP -> choose(entry, EventType.TIMER_STARTED, EventType.TIMER_FIRED, null);
                    case WAIT ->
                        choose(
                                entry,
                                EventType.WAIT_STARTED,
                                entry.output() == null ? EventType.WAIT_TIMED_OUT : EventType.WAIT_COMPLETED,
                                null);
                    case EMIT -> EventType.EVENT_EMITTED;
                    case CHILD ->
                        choose(entry, EventType.CHILD_STARTED, EventType.CHILD_COMPLETED, EventType.CHILD_FAILED);
                    case FORK -> choose(entry, null, null, EventType.BRANCH_FAILED);
                    case MARKER -> EventType.VERSION_MARKED;
                    case STOP, CONTINUED, VALUE -> null;
                };
        return Optional.ofNullable(type);
    }

    /** Waiting for a limit is no attempt. */
    private static boolean isPostponed(Checkpoint entry) {
        Failure failure = entry.failure();
        return failure != null
                && (failure.code().equals(Ticket.LIMIT_REACHED)
                        || failure.code().equals(CircuitBreaker.OPEN));
    }

    private static @Nullable EventType choose(
            Checkpoint entry, @Nullable EventType open, @Nullable EventType completed, @Nullable EventType failed) {
        if (entry.isOpen()) {
            return open;
        }
        if (entry.status() == StepStatus.COMPLETED) {
            return completed;
        }
        return entry.status() == StepStatus.FAILED ? failed : null;
    }

    private static Map<String, Object> payload(Checkpoint entry) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("step", entry.id());
        if (entry.attempt() > 0) {
            payload.put("attempt", entry.attempt());
        }
        if (entry.wakeAt() != null) {
            payload.put("until", entry.wakeAt());
        }
        if (entry.completedAt() != null) {
            payload.put(
                    "durationMs",
                    Duration.between(entry.startedAt(), entry.completedAt()).toMillis());
        }
        Failure failure = entry.failure();
        if (failure != null) {
            payload.put("code", failure.code());
            payload.put("message", failure.message());
        }
        return payload;
    }
}
