package dev.pawl.ejb.manifest.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.StageContext;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.CommandJob;
import dev.pawl.manifest.host.Entities;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.Refusal;
import dev.pawl.manifest.runtime.RefusalCode;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs an async command. The command is a transaction of its own under a key of the run, so that it runs once although the
 * stage may be executed again; a refusal fails the run with the refusal's code.
 */
public final class RunCommandStage extends JobStage<CommandJob> {

    private final Supplier<Entities> entities;

    RunCommandStage(JobDesk desk, Supplier<Entities> entities) {
        super("run-command", desk);
        this.entities = entities;
    }

    @Override
    CommandJob read(JsonNode call) {
        return CommandJob.fromJson(call);
    }

    @Override
    Map<String, Object> perform(CommandJob job, StageContext context) {
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
