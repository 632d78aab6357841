package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be done to an instance, or, without entity, in the program: guards and constraints decide, actions
 * change, emits tell. {@code initialization} is present on commands that construct the instance. */
public record Command(
        String name,
        @Nullable String module,
        @Nullable String entity,
        List<Parameter> parameters,
        List<Expression> guards,
        List<Constraint> constraints,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> policies,
        @Nullable Retry retry,
        @Nullable RateLimit rateLimit,
        List<Action> actions,
        List<String> emits,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<EmitPayload> emitPayloads,
        @Nullable Type returns,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean async,
        @Nullable String completionEvent,
        @Nullable String failureEvent,
        @Nullable InitializationPlan initialization) {
    public Command {
        parameters = parameters == null ? List.of() : List.copyOf(parameters);
        guards = guards == null ? List.of() : List.copyOf(guards);
        constraints = constraints == null ? List.of() : List.copyOf(constraints);
        policies = policies == null ? List.of() : List.copyOf(policies);
        actions = actions == null ? List.of() : List.copyOf(actions);
        emits = emits == null ? List.of() : List.copyOf(emits);
        emitPayloads = emitPayloads == null ? List.of() : List.copyOf(emitPayloads);
    }
}
