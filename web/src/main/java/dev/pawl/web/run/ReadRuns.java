package dev.pawl.web.run;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.interpret.CodeDefinition;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.LogFilter;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.Page;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.web.TextParameter;
import dev.pawl.web.part.PartParameters;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads runs for a caller. A text that cannot be the id of a run names none. */
@Dependent
public class ReadRuns {

    private static final int DEFAULT_LIMIT = 200;
    private static final int HIGHEST_LIMIT = 1_000;
    private static final Pattern ID = Pattern.compile("[\\p{Graph}&&[^/]]{1,64}");

    private final RunQueries queries;

    @Inject
    public ReadRuns(RunQueries queries) {
        this.queries = queries;
    }

    Page<RunView> list(RunListParameters parameters, Caller caller) {
        RunFilter filter = parameters.filter(caller.tenant());
        return parameters.of((cursor, limit) -> queries.list(filter, cursor, limit));
    }

    /** @throws RefusedException when the caller has no run of that id */
    public RunView get(String id, Caller caller) {
        return queries.find(caller.tenant(), runId(id)).orElseThrow(() -> unknown(id));
    }

    /** The id of a run that the caller may see, without reading the run. */
    RunId existing(String id, Caller caller) {
        RunId run = runId(id);
        if (!queries.has(caller.tenant(), run)) {
            throw unknown(id);
        }
        return run;
    }

    /** The stages of a pipeline; of durable code what its method has recorded. */
    Page<?> steps(String id, Caller caller, PartParameters part) {
        int after = (int) TextParameter.number("cursor", part.cursor(), -1, -1, Integer.MAX_VALUE);
        int most = part.limit();
        RunView run = get(id, caller);
        boolean isCode = run.stages().stream().anyMatch(stage -> stage.id().equals(CodeDefinition.MAIN));
        return isCode ? queries.steps(runId(id), after, most) : new Page<>(run.stages(), null);
    }

    Page<EventView> events(String id, Caller caller, @Nullable String after, @Nullable String limit) {
        long from = TextParameter.number("after", after, 0, 0, Long.MAX_VALUE);
        int most = (int) TextParameter.number("limit", limit, DEFAULT_LIMIT, 1, HIGHEST_LIMIT);
        return queries.events(existing(id, caller), from, most);
    }

    Page<LogView> logs(String id, Caller caller, LogParameters parameters) {
        LogFilter filter = parameters.filter();
        RunId run = existing(id, caller);
        return parameters.of((cursor, limit) -> queries.logs(run, filter, cursor, limit));
    }

    static RunId runId(String id) {
        if (!ID.matcher(id).matches()) {
            throw unknown(id);
        }
        return new RunId(id);
    }

    static RefusedException unknown(String id) {
        String shown = id.length() > 64 ? id.substring(0, 64) + "…" : id;
        return new RefusedException(Refusal.of(RefusalCode.RUN_NOT_FOUND, "There is no run '" + shown + "'"));
    }
}
