package dev.pawl.ejb.manifest.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.Effect;
import dev.pawl.api.EffectCall;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.StageContext;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.EffectJob;
import dev.pawl.manifest.runtime.port.EffectHandler;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has the application perform an effect, at least once. */
public final class PerformEffectStage extends JobStage<EffectHandler.Effect> {

    private final Supplier<Effects> effects;

    PerformEffectStage(JobDesk desk, Supplier<Effects> effects) {
        super("perform-effect", desk);
        this.effects = effects;
    }

    @Override
    EffectHandler.Effect read(JsonNode call) {
        return EffectJob.fromJson(call).effect();
    }

    @Override
    Map<String, Object> perform(EffectHandler.Effect asked, StageContext context) throws Exception {
        Effect effect = effects.get()
                .find(asked.name())
                .orElseThrow(() -> new NonRetryableException(
                        "MISSING_EFFECT_HANDLER", "Nothing here performs the effect '" + asked.name() + "' any more"));
        Object result = effect.perform(new EffectCall(
                asked.id(),
                asked.tenant(),
                asked.name(),
                plain(asked.argument()),
                asked.subject().command(),
                asked.subject().entity(),
                asked.subject().instanceId(),
                asked.context().at("/user/id").textValue(),
                asked.correlationId()));
        return result == null ? Map.of() : Map.of("result", result);
    }

    private static @Nullable Object plain(JsonNode argument) {
        return argument.isMissingNode() || argument.isNull()
                ? null
                : JsonCodec.mapper().convertValue(argument, Object.class);
    }
}
