package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Approval;
import dev.pawl.manifest.runtime.expression.Code;
import dev.pawl.manifest.runtime.expression.ExpressionCompiler;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.expression.Scope;
import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An approval a command waits for: when each of its stages is needed, and who may give it. */
final class ApprovalModel {
    private final Approval declared;
    private final Map<String, Stage> stages = new LinkedHashMap<>();
    private final @Nullable Code escalateTo;

    private record Stage(int required, Optional<Code> when, Code policy) {}

    ApprovalModel(Approval declared, Scope scope) {
        this.declared = declared;
        declared.stages()
                .forEach(stage -> stages.put(
                        stage.name(),
                        new Stage(
                                (int) Math.max(1, stage.required()),
                                Optional.ofNullable(stage.when()).map(when -> ExpressionCompiler.compile(when, scope)),
                                ExpressionCompiler.compile(stage.policy(), scope))));
        this.escalateTo = declared.onTimeout() instanceof Approval.Escalate escalate
                ? ExpressionCompiler.compile(escalate.to(), scope)
                : null;
    }

    Approval declared() {
        return declared;
    }

    String name() {
        return declared.name();
    }

    /** The stages needed for the instance of the frame. */
    List<ApprovalRequest.Stage> neededStages(Frame about) {
        List<ApprovalRequest.Stage> needed = new ArrayList<>();
        stages.forEach((name, stage) -> {
            if (stage.when().isEmpty() || Values.truthy(stage.when().get().value(about))) {
                needed.add(new ApprovalRequest.Stage(name, stage.required()));
            }
        });
        return needed;
    }

    /** Whether the caller of the frame may approve this stage for its instance. */
    boolean allows(String stage, Frame frame) {
        Stage known = stages.get(stage);
        return known != null && Values.truthy(known.policy().value(frame));
    }

    /** To whom or what the request goes when nobody decides in time; empty when it is cancelled then. */
    Optional<Object> escalation(Frame about) {
        return Optional.ofNullable(escalateTo).map(code -> code.value(about));
    }
}
