package dev.pawl.engine.handler;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs that one transaction reads and changes, and the events it publishes. Each run is loaded once, whatever number of
 * commands touches it, and all are written together at the end, the events after them.
 */
final class UnitOfWork {

    private final KernelPorts ports;
    private final Instant now;
    private final Map<RunId, Run> runs = new LinkedHashMap<>();
    private final List<PublishedEvent> published = new ArrayList<>();

    private Caller caller = Caller.ENGINE;
    private String causationId = "";

    UnitOfWork(KernelPorts ports) {
        this.ports = ports;
        this.now = ports.clock().now();
    }

    /** From here on changes are made on behalf of this caller and for this cause. */
    void actFor(Caller someone, String cause) {
        caller = someone;
        causationId = cause;
    }

    KernelPorts ports() {
        return ports;
    }

    Instant now() {
        return now;
    }

    Caller caller() {
        return caller;
    }

    /** Takes over runs a worker brought along as they were committed; compare-and-set guards against staleness. */
    void adopt(Run run) {
        runs.putIfAbsent(run.id(), run.committed());
    }

    /** Locks those of these runs that are not yet here. */
    void lock(Collection<RunId> ids) {
        List<RunId> missing = ids.stream().filter(id -> !runs.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            runs.putAll(ports.runs().lock(missing));
        }
    }

    Optional<Run> find(RunId id) {
        lock(List.of(id));
        return Optional.ofNullable(runs.get(id));
    }

    /** @throws RefusedException with RUN_NOT_FOUND */
    Run run(RunId id) {
        lock(List.of(id));
        Run run = runs.get(id);
        if (run == null) {
            throw new RefusedException(Refusal.of(RefusalCode.RUN_NOT_FOUND, "There is no run " + id));
        }
        return run;
    }

    /** As {@link #run(RunId)}, for callers outside the engine: a run of another tenant does not exist for them. */
    Run runOfCaller(RunId id) {
        Run run = run(id);
        if (!run.header().tenant().equals(caller.tenant())) {
            throw new RefusedException(Refusal.of(RefusalCode.RUN_NOT_FOUND, "There is no run " + id));
        }
        return run;
    }

    /** Puts runs a store picked and locked under this unit, unless they are here already. */
    List<Run> track(List<Run> picked) {
        List<Run> fresh = new ArrayList<>();
        for (Run run : picked) {
            if (runs.putIfAbsent(run.id(), run) == null) {
                fresh.add(run);
            }
        }
        return fresh;
    }

    void add(Run run) {
        runs.put(run.id(), run);
    }

    void record(Run run, EventType type, Map<String, ?> payload) {
        run.record(type.wireName(), now, causationId, JsonCodec.write(payload));
    }

    /** It comes to those who wait for it at the end of the transaction, see {@link Publication}. */
    void publish(PublishedEvent event) {
        published.add(event);
    }

    /** What is yet to be brought to those who wait for it, in order. */
    List<PublishedEvent> published() {
        return Collections.unmodifiableList(published);
    }

    List<PublishedEvent> takePublished() {
        List<PublishedEvent> taken = List.copyOf(published);
        published.clear();
        return taken;
    }

    List<Run> changed() {
        return runs.values().stream().filter(Run::isChanged).toList();
    }
}
