package dev.pawl.ejb.manifest.job;

import dev.pawl.api.NonRetryableException;
import dev.pawl.api.None;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.CommandJob;
import dev.pawl.manifest.host.Entities;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.Refusal;
import dev.pawl.manifest.runtime.RefusalCode;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs an async command. The command is a transaction of its own under a key of the run, so that it runs once although the
 * stage may be executed again; a refusal fails the run with the refusal's code.
 */
public final class RunCommandStage implements Stage<None, Map<String, Object>> {

    private static final Retry RETRY =
            Retry.exponential(10, Duration.ofSeconds(1)).withMaxDelay(Duration.ofMinutes(5));

    private final JobDesk desk;
    private final Supplier<Entities> entities;

    RunCommandStage(JobDesk desk, Supplier<Entities> entities) {
        this.desk = desk;
        this.entities = entities;
    }

    @Override
    public String id() {
        return "run-command";
    }

    @Override
    public StageOptions options() {
        return StageOptions.retry(RETRY);
    }

    @Override
    public Map<String, Object> execute(StageContext context, None input) {
        CommandJob job = CommandJob.fromJson(desk.call(context.run()));
        CommandCall call = job.call(context.run().id());
        context.log().info("Runs the command " + call.type());
        CommandResult result = entities.get().execute(call);
        Refusal refusal = result.refusal();
        if (refusal != null) {
            throw failure(refusal);
        }
        return asMap(result);
    }

    /** Whatever passes by itself is tried again. */
    static RuntimeException failure(Refusal refusal) {
        return refusal.code() == RefusalCode.IDEMPOTENCY_IN_PROGRESS
                ? new IllegalStateException(refusal.message())
                : new NonRetryableException(refusal.code().name(), refusal.message());
    }

    @SuppressWarnings("unchecked") // a JSON object is a map of texts to anything
    static Map<String, Object> asMap(CommandResult result) {
        return JsonCodec.mapper().convertValue(result.toJson(), Map.class);
    }
}
