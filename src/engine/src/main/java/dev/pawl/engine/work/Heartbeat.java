package dev.pawl.engine.work;

import dev.pawl.api.StageOptions;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.ExtendLeases;
import dev.pawl.engine.command.ReadCancelWishes;
import dev.pawl.engine.command.ReleaseOrphans;
import dev.pawl.engine.command.ReportProgress;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.query.RunQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker does about once a second for the steps it executes: extends their leases in good time, makes progress and
 * log lines visible, and stops those that ran out of time or whose runs have ended. Steps younger than a second cost
 * nothing.
 */
public final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration YOUNG = Duration.ofSeconds(1);
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(3);
    private static final int LEASES_PER_EXTENSION = 3;

    private final StepWorker worker;
    private final CommandBus commands;
    private final Definitions definitions;
    private final RunQueries queries;
    private final LogBuffer log;
    private final Clock clock;
    private final Map<StepKey, Envelope<?>> untold = new LinkedHashMap<>();
    private Instant extended = Instant.MIN;
    private Map<StepKey, Instant> unknown = Map.of();

    /** @param log appends lines in a transaction of its own */
    public Heartbeat(
            StepWorker worker,
            CommandBus commands,
            Definitions definitions,
            RunQueries queries,
            Consumer<List<RunLog.Line>> log,
            Clock clock) {
        this.worker = worker;
        this.commands = commands;
        this.definitions = definitions;
        this.queries = queries;
        this.log = new LogBuffer(log);
        this.clock = clock;
    }

    public synchronized void beat() {
        Instant now = clock.now();
        List<RunningStep> lasting = worker.steps().stream()
                .filter(step -> step.since().plus(YOUNG).isBefore(now))
                .toList();
        for (RunningStep step : lasting) {
            log.add(step.takeLines());
        }
        if (!lasting.isEmpty() || worker.isInDoubt()) {
            extendLeases(lasting, now);
        }
        if (!lasting.isEmpty()) {
            stopOverdue(lasting, now);
            stopUnwanted(lasting);
            letCompensate(lasting);
        }
        reportProgress(lasting);
        log.write();
    }

    private void stopOverdue(List<RunningStep> steps, Instant now) {
        for (RunningStep step : steps) {
            step.beat(now);
            Duration timeout = timeoutOf(step);
            if (!timeout.isZero() && step.since().plus(timeout).isBefore(now)) {
                worker.running().stopForTimeout(step);
            }
        }
    }

    private Duration timeoutOf(RunningStep step) {
        var header = step.assignment().run().header();
        return definitions
                .find(header.workflowId(), header.workflowVersion())
                .flatMap(definition -> definition.options(step.stageId()))
                .map(StageOptions::timeout)
                .orElse(Duration.ZERO);
    }

    private void extendLeases(List<RunningStep> steps, Instant now) {
        Duration leaseFor = worker.settings().leaseFor();
        if (!worker.isInDoubt() && now.isBefore(extended.plus(leaseFor.dividedBy(LEASES_PER_EXTENSION)))) {
            return;
        }
        Set<StepKey> held = commands.execute(Envelope.internal(new ExtendLeases(worker.id(), leaseFor)))
                .orThrow()
                .steps();
        extended = now;
        if (worker.gates().holdsPermits()) {
            worker.gates().extendPermits();
        }
        releaseOrphans(held, now);
        for (RunningStep step : steps) {
            if (!held.contains(step.assignment().key())) {
                step.stop("its lease is held by somebody else");
            }
        }
    }

    /**
     * A lease this worker does not know of would be extended for ever. One that is merely on its way here is known soon. Of steps
     * that were never begun here, no attempt is lost.
     */
    private void releaseOrphans(Set<StepKey> held, Instant now) {
        Map<StepKey, Instant> before = unknown;
        Set<StepKey> holding = worker.holding();
        unknown = held.stream()
                .filter(key -> !holding.contains(key))
                .collect(Collectors.toMap(key -> key, key -> before.getOrDefault(key, now)));
        Set<StepKey> orphans = unknown.entrySet().stream()
                .filter(since -> !since.getValue().plus(ON_ITS_WAY).isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        worker.unreported().retainAll(held);
        if (!orphans.isEmpty()) {
            LOG.info("Steps leased to this worker that it does not execute are handed back: {}", orphans);
            commands.execute(Envelope.internal(new ReleaseOrphans(worker.id(), orphans, worker.unreported())));
        }
    }

    private void stopUnwanted(List<RunningStep> steps) {
        Set<RunId> ids =
                steps.stream().map(step -> step.assignment().run().id()).collect(Collectors.toSet());
        Map<RunId, RunStatus> statuses = queries.statuses(ids);
        ids.stream()
                .filter(id -> !statuses.containsKey(id) || statuses.get(id).isFinished())
                .forEach(worker.running()::stopRun);
    }

    private void letCompensate(List<RunningStep> steps) {
        Map<RunId, RunningStep> durable = new HashMap<>();
        steps.stream()
                .filter(RunningStep::isDurableCode)
                .forEach(step -> durable.put(step.assignment().run().id(), step));
        if (!durable.isEmpty()) {
            commands.execute(Envelope.internal(new ReadCancelWishes(durable.keySet())))
                    .orThrow()
                    .runs()
                    .forEach(id -> durable.get(id).cancel());
        }
    }

    /** What could not be written is written by the next beat, unless there is later progress by then. */
    private void reportProgress(List<RunningStep> steps) {
        for (RunningStep step : steps) {
            StepKey key = step.assignment().key();
            String token = step.assignment().lease().token();
            step.takeProgress()
                    .ifPresent(
                            progress -> untold.put(key, Envelope.internal(new ReportProgress(key, token, progress))));
        }
        untold.keySet().retainAll(worker.holding());
        if (!untold.isEmpty()) {
            commands.executeTogether(List.copyOf(untold.values()));
            untold.clear();
        }
    }
}
