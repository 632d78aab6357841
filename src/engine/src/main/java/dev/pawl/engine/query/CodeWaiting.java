package dev.pawl.engine.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.Wait;
import dev.pawl.api.flow.CircuitBreaker;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Awaited;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.OpenWait;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.limit.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What suspended durable code waits for. */
final class CodeWaiting {

    private CodeWaiting() {}

    /** @param open the entries of its journal that have not ended */
    static List<RunView.Waiting> of(StepState method, List<Checkpoint> open, Instant now) {
        Failure failure = method.failure();
        if (method.isParked() && failure != null) {
            return List.of(new RunView.Waiting(failure.code(), null, null, failure.message()));
        }
        List<RunView.Waiting> reasons = new ArrayList<>();
        Instant due = method.dueAt();
        if (due != null && !due.isAfter(now)) {
            reasons.add(new RunView.Waiting("WORKER", due, null, "It may go on and waits for a free worker"));
        }
        for (Checkpoint entry : open) {
            addTo(reasons, entry);
        }
        return reasons;
    }

    private static void addTo(List<RunView.Waiting> reasons, Checkpoint entry) {
        switch (entry.kind()) {
            case SLEEP -> reasons.add(waiting("TIMER", entry, entry.wakeAt(), "Sleeps at '" + entry.id() + "'"));
            case STEP, TRANSACTION ->
                reasons.add(limit(entry.failure(), entry.wakeAt())
                        .orElseGet(() -> waiting("RETRY", entry, entry.wakeAt(), retry(entry))));
            case CHILD ->
                reasons.add(waiting("CHILD", entry, null, "Child '" + entry.id() + "' runs: " + child(entry)));
            case WAIT -> addWaits(reasons, entry);
            default -> {
                // a fork waits for nothing but its branches
            }
        }
    }

    /** What a step that its policies let wait waits for. */
    static Optional<RunView.Waiting> limit(@Nullable Failure failure, @Nullable Instant due) {
        if (failure == null) {
            return Optional.empty();
        }
        return switch (failure.code()) {
            case Ticket.LIMIT_REACHED -> Optional.of(new RunView.Waiting("LIMIT", null, due, failure.message()));
            case CircuitBreaker.OPEN ->
                Optional.of(new RunView.Waiting(CircuitBreaker.OPEN, null, due, failure.message()));
            default -> Optional.empty();
        };
    }

    private static RunView.Waiting waiting(String reason, Checkpoint entry, @Nullable Instant until, String detail) {
        return new RunView.Waiting(reason, entry.startedAt(), until, detail);
    }

    private static String retry(Checkpoint entry) {
        Failure failure = entry.failure();
        return "Step '" + entry.id() + "' is tried again after attempt " + entry.attempt()
                + (failure == null ? "" : " failed: " + failure.message());
    }

    private static String child(Checkpoint entry) {
        return JsonCodec.parse(Objects.requireNonNull(entry.detail()))
                .path("runId")
                .asText();
    }

    private static void addWaits(List<RunView.Waiting> reasons, Checkpoint entry) {
        JsonNode detail = JsonCodec.parse(Objects.requireNonNull(entry.detail()));
        Awaited awaited = (Awaited) JsonCodec.bind(detail, JsonCodec.type(Awaited.class));
        for (Awaited.One one : awaited.waits()) {
            boolean isSignal = one.event().startsWith(Wait.SIGNAL);
            String what = isSignal
                    ? "Waits for the signal '" + one.event().substring(Wait.SIGNAL.length()) + "'"
                    : "Waits for the event '" + one.event() + "'" + correlation(one);
            String filter = one.filter().equals(OpenWait.NO_FILTER) ? "" : " with " + one.filter();
            reasons.add(waiting(isSignal ? "SIGNAL" : "EVENT", entry, one.until(), what + filter));
        }
    }

    private static String correlation(Awaited.One one) {
        return one.correlation().equals(Awaited.ANY) ? "" : " of '" + one.correlation() + "'";
    }
}
