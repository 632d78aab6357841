package dev.pawl.ejb.manifest.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.Effect;
import dev.pawl.api.EffectCall;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.None;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.EffectJob;
import dev.pawl.manifest.runtime.port.EffectHandler;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has the application perform an effect, at least once. */
public final class PerformEffectStage implements Stage<None, Map<String, Object>> {

    private static final Retry RETRY =
            Retry.exponential(10, Duration.ofSeconds(1)).withMaxDelay(Duration.ofMinutes(5));

    private final JobDesk desk;
    private final Supplier<Effects> effects;

    PerformEffectStage(JobDesk desk, Supplier<Effects> effects) {
        this.desk = desk;
        this.effects = effects;
    }

    @Override
    public String id() {
        return "perform-effect";
    }

    @Override
    public StageOptions options() {
        return StageOptions.retry(RETRY);
    }

    @Override
    public Map<String, Object> execute(StageContext context, None input) throws Exception {
        EffectHandler.Effect asked =
                EffectJob.fromJson(desk.call(context.run())).effect();
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
