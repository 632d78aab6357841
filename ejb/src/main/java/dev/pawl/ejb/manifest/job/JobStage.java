package dev.pawl.ejb.manifest.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.None;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import java.time.Duration;
import java.util.Map;

/**
 * The one stage of a built-in workflow: does what stands in the row of its run, again with growing pauses after technical
 * failures.
 *
 * @param <J> what there is to do
 */
abstract class JobStage<J> implements Stage<None, Map<String, Object>> {

    /** Patient enough for a database or a neighbour that is away for a while. */
    static final Retry RETRY = Retry.exponential(10, Duration.ofSeconds(1)).withMaxDelay(Duration.ofMinutes(5));

    private final String id;
    private final JobDesk desk;

    JobStage(String id, JobDesk desk) {
        this.id = id;
        this.desk = desk;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final StageOptions options() {
        return StageOptions.retry(RETRY);
    }

    @Override
    public final Map<String, Object> execute(StageContext context, None input) throws Exception {
        return perform(read(desk.call(context.run())), context);
    }

    abstract J read(JsonNode call);

    abstract Map<String, Object> perform(J job, StageContext context) throws Exception;
}
