package dev.pawl.web.run;

import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.web.TextParameter;
import dev.pawl.web.part.ShortPartParameters;
import dev.pawl.web.problem.RequestException;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What may be asked of the list of runs. */
public class RunListParameters extends ShortPartParameters {

    @QueryParam("workflow")
    @Parameter(description = "Id of the workflow")
    @Nullable
    String workflow;

    @QueryParam("status")
    @Parameter(description = "One status or several, repeated or separated by commas", example = "RUNNING,SUSPENDED")
    List<String> status = List.of();

    @QueryParam("correlationId")
    @Nullable
    String correlationId;

    @QueryParam("from")
    @Parameter(description = "Created at or after", example = "2026-01-31T08:30:00Z")
    @Nullable
    String from;

    @QueryParam("to")
    @Parameter(description = "Created before")
    @Nullable
    String to;

    @QueryParam("q")
    @Parameter(description = "A part of the run id, workflow id or correlation id")
    @Nullable
    String text;

    RunFilter filter(String tenant) {
        return new RunFilter(
                tenant,
                TextParameter.text("workflow", workflow),
                statuses(),
                TextParameter.text("correlationId", correlationId),
                TextParameter.instant("from", from),
                TextParameter.instant("to", to),
                TextParameter.text("q", text));
    }

    private Set<RunStatus> statuses() {
        EnumSet<RunStatus> wanted = EnumSet.noneOf(RunStatus.class);
        status.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(RunListParameters::status)
                .forEach(wanted::add);
        return wanted;
    }

    private static RunStatus status(String name) {
        return Arrays.stream(RunStatus.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RequestException.parameter(
                        "status",
                        "one of " + Arrays.toString(RunStatus.values()) + " is expected, not '" + name + "'"));
    }
}
