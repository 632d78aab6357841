package dev.pawl.engine.work.code;

import dev.pawl.engine.ai.AiCalls;
import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.ReadHistory;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.interpret.CodeDefinition;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.query.Page;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.work.Payloads;
import dev.pawl.engine.work.code.ReplayReport.Breach;
import dev.pawl.engine.work.limit.StepGates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replays open histories against the deployed code, to know before anything happens to them which it would not go on with.
 * Methods are called up to where their runs wait now; no step is executed and nothing is written.
 */
public final class CheckReplay {

    /** Histories replayed by one call at most. */
    public static final int MOST = 1_000;

    private static final Set<RunStatus> OPEN = Set.of(RunStatus.RUNNING, RunStatus.SUSPENDED);

    private final CommandBus commands;
    private final RunQueries queries;
    private final Definitions definitions;
    private final CodeTools tools;

    public CheckReplay(
            CommandBus commands,
            RunQueries queries,
            Definitions definitions,
            Payloads payloads,
            Clock clock,
            AiCalls ai) {
        this.commands = commands;
        this.queries = queries;
        this.definitions = definitions;
        this.tools = new CodeTools(
                payloads,
                clock,
                () -> 0,
                Runnable::run,
                StepCalls.DIRECT,
                ai,
                // nobody comes to them, because no step is executed
                new StepGates(commands, clock, new WorkerId("replay", "check"), Duration.ZERO));
    }

    /**
     * Replays open runs of a workflow, newest first.
     *
     * @param against the version whose code is tried; absent: the one each run was started in
     * @param cursor {@link ReplayReport#next} of the part before
     * @throws RefusedException when no such durable code is deployed
     * @throws IllegalArgumentException when the cursor was not made by this method
     */
    public ReplayReport check(
            Caller caller, String workflowId, @Nullable Integer against, Optional<String> cursor, int limit) {
        requireCode(workflowId, against);
        RunFilter open = new RunFilter(caller.tenant(), workflowId, OPEN, null, null, null, null);
        Page<RunView> page = queries.list(open, cursor, Math.min(limit, MOST));
        List<Breach> breaking = new ArrayList<>();
        int checked = 0;
        for (RunView view : page.items()) {
            Optional<ReadHistory.History> history = history(caller, new RunId(view.id()));
            if (history.isPresent()) {
                checked++;
                failure(history.get(), against == null ? view.workflowVersion() : against)
                        .ifPresent(failure -> breaking.add(
                                new Breach(view.id(), view.workflowVersion(), failure.code(), failure.message())));
            }
        }
        return new ReplayReport(workflowId, checked, breaking, page.next());
    }

    private void requireCode(String workflowId, @Nullable Integer version) {
        Optional<Definition> found =
                version == null ? definitions.latest(workflowId) : definitions.find(workflowId, version);
        if (found.filter(CodeDefinition.class::isInstance).isEmpty()) {
            throw new RefusedException(Refusal.of(
                    RefusalCode.WORKFLOW_NOT_FOUND,
                    "There is no durable code '" + workflowId + "'" + (version == null ? "" : " in version " + version)
                            + "; deployed are " + definitions.deployed()));
        }
    }

    /** Empty when the run has ended or was removed meanwhile. */
    private Optional<ReadHistory.History> history(Caller caller, RunId run) {
        Outcome<ReadHistory.History> outcome = commands.execute(Envelope.of(new ReadHistory(run), caller));
        return outcome instanceof Outcome.Done<ReadHistory.History> done
                ? Optional.of(done.value())
                        .filter(history -> OPEN.contains(history.run().status()))
                : Optional.empty();
    }

    private Optional<Failure> failure(ReadHistory.History history, int version) {
        String workflow = history.run().header().workflowId();
        Optional<Definition> definition = definitions.find(workflow, version);
        if (definition.isEmpty() || !(definition.get() instanceof CodeDefinition code)) {
            return Optional.of(Failure.of(
                    RefusalCode.WORKFLOW_NOT_FOUND.name(),
                    "Version " + version + " of '" + workflow + "' is not deployed; deployed are "
                            + definitions.deployed()));
        }
        Assignment assignment = new Assignment(
                history.run(),
                CodeDefinition.MAIN,
                1,
                new Lease("replay", "replay", Instant.MAX),
                history.request(),
                Map.of());
        ReplayHost host = new ReplayHost(assignment);
        return new CodeExecution(host, tools).replay(code, host, history.checkpoints());
    }
}
