package dev.pawl.web.run;

import dev.pawl.api.StageLog;
import dev.pawl.engine.query.LogFilter;
import dev.pawl.web.TextParameter;
import dev.pawl.web.part.LongPartParameters;
import dev.pawl.web.problem.RequestException;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What may be asked of the log of a run. */
public class LogParameters extends LongPartParameters {

    @QueryParam("level")
    @Parameter(
            description = "Only lines of this level and graver ones",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"DEBUG", "INFO", "WARN", "ERROR"}))
    @Nullable
    String level;

    @QueryParam("stage")
    @Parameter(description = "Only lines that this stage wrote")
    @Nullable
    String stage;

    @QueryParam("from")
    @Parameter(description = "Only lines written at this time or later", example = "2026-01-31T08:30:00Z")
    @Nullable
    String from;

    LogFilter filter() {
        Instant begin = TextParameter.instant("from", from);
        LogFilter filter = new LogFilter(List.of(), TextParameter.text("stage", stage), begin);
        return level == null || level.isEmpty() ? filter : filter.atLeast(level(level));
    }

    private static StageLog.Level level(String name) {
        return Arrays.stream(StageLog.Level.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RequestException.parameter(
                        "level",
                        "one of " + Arrays.toString(StageLog.Level.values()) + " is expected, not '" + name + "'"));
    }
}
