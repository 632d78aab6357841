package dev.pawl.ejb.manifest.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.CommandJob;
import dev.pawl.manifest.host.EffectJob;
import dev.pawl.manifest.runtime.port.DeferredCommands;
import dev.pawl.manifest.runtime.port.EffectHandler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs in the transaction of the command that leaves them something to do: a command that is rolled back leaves no run,
 * one that is committed leaves one for certain.
 */
public final class StartJobs implements DeferredCommands, EffectHandler {

    private final CommandBus commands;
    private final JobRows rows;
    private final Effects effects;

    StartJobs(CommandBus commands, JobRows rows, Effects effects) {
        this.commands = commands;
        this.rows = rows;
        this.effects = effects;
    }

    @Override
    public Optional<String> defer(Job job) {
        ObjectNode metadata = about(job.entity(), job.command(), job.instanceId());
        return Optional.of(start(
                ManifestWorkflows.COMMAND,
                new CommandJob(job).toJson(),
                metadata,
                caller(job.tenant(), job.context()),
                job.correlationId(),
                Optional.empty()));
    }

    @Override
    public boolean performs(String name) {
        return effects.find(name).isPresent();
    }

    @Override
    public void take(Effect effect) {
        ObjectNode metadata = about(
                effect.subject().entity(),
                effect.subject().command(),
                effect.subject().instanceId());
        metadata.put("effect", effect.name()).put("effectId", effect.id());
        start(
                ManifestWorkflows.EFFECT,
                new EffectJob(effect).toJson(),
                metadata,
                caller(effect.tenant(), effect.context()),
                effect.correlationId(),
                Optional.empty());
    }

    /** @param key makes a repetition answer with the run that was started first */
    String start(
            String workflow,
            JsonNode call,
            ObjectNode metadata,
            Caller caller,
            @Nullable String correlationId,
            Optional<String> key) {
        CreateRun create = new CreateRun(workflow, null, JsonCodec.object(), null, null, correlationId, metadata);
        String run = commands.execute(new Envelope<>(create, caller, key, Optional.empty()))
                .orThrow()
                .runId()
                .value();
        rows.put(run, call);
        return run;
    }

    private static ObjectNode about(@Nullable String entity, String command, @Nullable String instanceId) {
        ObjectNode metadata = JsonCodec.object();
        if (entity != null) {
            metadata.put("entity", entity);
        }
        metadata.put("command", command);
        if (instanceId != null) {
            metadata.put("instanceId", instanceId);
        }
        return metadata;
    }

    static Caller caller(String tenant, JsonNode context) {
        return new Caller(tenant, context.at("/user/id").asText(Caller.ANONYMOUS.principal()));
    }
}
