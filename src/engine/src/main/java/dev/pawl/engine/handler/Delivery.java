package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pawl.engine.command.Channels;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Arrival;
import dev.pawl.engine.model.Awaited;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.port.WaitStore.Ready;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes what has come for waiting runs into their journals and makes them due; cancels children whose parents have ended.
 * A bounded number at a time, each once: what is delivered is gone from the waits in the same transaction.
 */
final class Delivery {

    private static final int TOGETHER = 100;

    private Delivery() {}

    /** Whether there may be more to deliver. */
    static boolean deliver(UnitOfWork work) {
        List<Ready> ready = work.ports().waits().ready(TOGETHER);
        if (ready.isEmpty()) {
            return false;
        }
        Set<RunId> waiting = new TreeSet<>();
        Map<RunId, RunId> orphans = new TreeMap<>();
        for (Ready one : ready) {
            one.orphan().ifPresentOrElse(child -> orphans.put(child, one.run()), () -> waiting.add(one.run()));
        }
        Set<RunId> all = new TreeSet<>(waiting);
        all.addAll(orphans.keySet());
        work.lock(all);
        deliver(work.ports().waits().arrivals(waiting), work);
        orphans.forEach((child, parent) -> work.find(child).ifPresent(found -> cancel(found, parent, work)));
        work.ports().waits().adopted(orphans.keySet());
        return ready.size() == TOGETHER;
    }

    /** Children end with their parents. */
    private static void cancel(Run child, RunId parent, UnitOfWork work) {
        if (!child.status().isFinished()) {
            String reason = "its parent " + parent + " has ended";
            child.cancel(Failure.of("CANCELLED", reason), work.now());
            work.record(child, EventType.WORKFLOW_CANCELLED, Map.of("reason", reason, "principal", "engine"));
        }
    }

    private static void deliver(List<Arrival> arrivals, UnitOfWork work) {
        Map<RunId, Map<Integer, List<Arrival>>> byCheckpoint = new TreeMap<>();
        for (Arrival arrival : arrivals) {
            byCheckpoint
                    .computeIfAbsent(arrival.run(), run -> new TreeMap<>())
                    .computeIfAbsent(arrival.ordinal(), ordinal -> new ArrayList<>())
                    .add(arrival);
        }
        Map<RunId, Set<Integer>> ordinals = new TreeMap<>();
        byCheckpoint.forEach((run, those) -> ordinals.put(run, those.keySet()));
        Map<RunId, Set<Integer>> ended = new TreeMap<>();
        work.ports().journals().read(ordinals).forEach((id, entries) -> work.find(id)
                .filter(run -> run.status().isActive())
                .ifPresent(run -> ended.put(id, deliver(run, entries, byCheckpoint.get(id), work))));
        work.ports().waits().close(ended);
        work.ports()
                .waits()
                .delivered(arrivals.stream()
                        .filter(arrival ->
                                !ended.getOrDefault(arrival.run(), Set.of()).contains(arrival.ordinal()))
                        .toList());
    }

    /** Answers which of the entries have ended with that. */
    private static Set<Integer> deliver(
            Run run, List<Checkpoint> entries, Map<Integer, List<Arrival>> arrivals, UnitOfWork work) {
        Set<Integer> ended = new TreeSet<>();
        Instant due = Instant.MAX;
        for (Checkpoint entry : entries) {
            if (entry.isOpen()) {
                Checkpoint after = record(run, entry, arrivals.get(entry.ordinal()), work);
                Instant next = after.wakeAt();
                if (!after.isOpen()) {
                    ended.add(entry.ordinal());
                    next = work.now();
                }
                due = next != null && next.isBefore(due) ? next : due;
            }
        }
        goOnAt(run, due);
        return ended;
    }

    /** What is still missing may have an earlier end than what has come had. */
    private static void goOnAt(Run run, Instant due) {
        run.steps().stream()
                .filter(step -> step.kind() == StepKind.CODE && step.status() == StepStatus.SUSPENDED)
                .filter(step -> step.lease() == null && !step.isParked())
                .filter(step -> due.isBefore(Optional.ofNullable(step.dueAt()).orElse(Instant.MAX)))
                .forEach(step -> run.bringForward(step.id(), due));
    }

    /** The entry with what has come for it, recorded; where it has ended, it waits no more. */
    static Checkpoint take(Run run, Checkpoint entry, List<Arrival> arrivals, UnitOfWork work) {
        Checkpoint after = record(run, entry, arrivals, work);
        if (!after.isOpen()) {
            work.ports().waits().close(run.id(), entry.ordinal());
        }
        return after;
    }

    private static Checkpoint record(Run run, Checkpoint entry, List<Arrival> arrivals, UnitOfWork work) {
        Checkpoint after = entry.kind() == CheckpointKind.CHILD
                ? ofChild(run, entry, arrivals.get(0), work)
                : of(run, entry, arrivals, work);
        run.checkpoint(after);
        if (!after.isOpen()) {
            CheckpointEvents.record(run, after, work);
        }
        return after;
    }

    private static Checkpoint ofChild(Run run, Checkpoint entry, Arrival arrival, UnitOfWork work) {
        Payload output = arrival.data();
        if (output == null) {
            Failure failure = arrival.failure();
            return entry.failed(
                    failure == null ? Failure.of("CHILD_FAILED", "for no known reason") : failure, work.now());
        }
        return entry.completed(keep(run, entry, 0, work.ports().payloads().read(output), work), work.now());
    }

    private static Checkpoint of(Run run, Checkpoint entry, List<Arrival> arrivals, UnitOfWork work) {
        Awaited awaited = Channels.awaited(entry);
        List<JsonNode> events = new ArrayList<>();
        JsonNode before = entry.output() == null
                ? JsonCodec.mapper().createArrayNode()
                : JsonCodec.parse(work.ports().payloads().read(entry.output()));
        for (int i = 0; i < awaited.waits().size(); i++) {
            events.add(before.path(i).isMissingNode() ? JsonCodec.mapper().nullNode() : before.get(i));
        }
        arrivals.stream()
                .sorted(Comparator.comparing(Arrival::place))
                .forEach(arrival -> events.set(arrival.place(), data(arrival, work)));
        ArrayNode array = JsonCodec.mapper().createArrayNode().addAll(events);
        int arrived = (int) events.stream().filter(event -> !event.isNull()).count();
        Payload kept = keep(run, entry, arrived, array.toString(), work);
        Instant until = awaited.until(place -> !events.get(place).isNull());
        boolean isOver = until != null && !until.isAfter(work.now());
        return isOver || awaited.isEnough(arrived)
                ? entry.completed(kept, work.now())
                : entry.partly(kept).wakingAt(until);
    }

    /** An event without data has come all the same. */
    private static JsonNode data(Arrival arrival, UnitOfWork work) {
        Payload data = arrival.data();
        JsonNode json = data == null
                ? JsonCodec.object()
                : JsonCodec.parse(work.ports().payloads().read(data));
        return json.isNull() ? JsonCodec.object() : json;
    }

    private static Payload keep(Run run, Checkpoint entry, int version, String json, UnitOfWork work) {
        return work.ports().payloads().keep("runs/" + run.id() + "/code/" + entry.ordinal() + "/" + version, json);
    }
}
