package dev.pawl.web.workflow;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.RunWatch;
import dev.pawl.web.TextParameter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Starts a run, and waits for its end as long as the caller wants and the server allows. */
@Dependent
public class StartRuns {

    static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final CommandBus bus;
    private final RunQueries queries;
    private final RunWatch watch;

    @Inject
    public StartRuns(CommandBus bus, RunQueries queries, RunWatch watch) {
        this.bus = bus;
        this.queries = queries;
        this.watch = watch;
    }

    /** A run, and whether the caller waited for its end and saw it. */
    record Started(RunView run, boolean awaited) {}

    Started start(CreateRun command, Caller caller, @Nullable String key, @Nullable String wait) {
        Duration patience = patience(wait);
        Envelope<CreateRun.Created> envelope = Envelope.of(command, caller);
        RunId run = bus.execute(key == null ? envelope : envelope.withIdempotencyKey(key))
                .orThrow()
                .runId();
        if (!patience.isZero()) {
            return watch.awaitFinished(caller.tenant(), run, patience)
                    .map(finished -> new Started(finished, true))
                    .orElseGet(() -> new Started(present(caller, run), false));
        }
        return new Started(present(caller, run), false);
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
