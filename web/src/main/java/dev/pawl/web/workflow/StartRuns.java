package dev.pawl.web.workflow;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.RunProjection;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.RunWatch;
import dev.pawl.web.TextParameter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Starts a run, and waits for its end as long as the caller wants and the server allows. */
@Dependent
public class StartRuns {

    static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final CommandBus bus;
    private final RunQueries queries;
    private final RunProjection projection;
    private final RunWatch watch;

    @Inject
    public StartRuns(CommandBus bus, RunQueries queries, RunProjection projection, RunWatch watch) {
        this.bus = bus;
        this.queries = queries;
        this.projection = projection;
        this.watch = watch;
    }

    /** A run, and whether the caller waited for its end and saw it. */
    record Started(RunView run, boolean awaited) {}

    /** Done at once unless the caller waits; then it is done on another thread, and none is held meanwhile. */
    CompletionStage<Started> start(CreateRun command, Caller caller, @Nullable String key, @Nullable String wait) {
        Duration patience = patience(wait);
        Envelope<CreateRun.Created> envelope = Envelope.of(command, caller);
        CreateRun.Created created = bus.execute(key == null ? envelope : envelope.withIdempotencyKey(key))
                .orThrow();
        RunView run = view(created, caller);
        if (patience.isZero()) {
            return CompletableFuture.completedStage(new Started(run, false));
        }
        if (run.status().isFinished()) {
            return CompletableFuture.completedStage(new Started(run, true));
        }
        return watch.whenFinished(caller.tenant(), created.runId(), patience)
                .thenApply(finished -> finished.map(end -> new Started(end, true))
                        .orElseGet(() -> new Started(present(caller, created.runId()), false)));
    }

    /** What is known is told; only who repeats a request may find the run further on and has it read. */
    private RunView view(CreateRun.Created created, Caller caller) {
        CreateRun.AsCreated known = created.asCreated();
        return known == null ? present(caller, created.runId()) : projection.created(known);
    }

    private RunView present(Caller caller, RunId run) {
        return queries.find(caller.tenant(), run)
                .orElseThrow(() -> new IllegalStateException("Run " + run + " was created and cannot be found"));
    }

    private static Duration patience(@Nullable String wait) {
        Duration wanted = TextParameter.duration("wait", wait);
        return wanted.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wanted;
    }
}
