package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Approval;
import dev.pawl.manifest.runtime.expression.Code;
import dev.pawl.manifest.runtime.expression.ExpressionCompiler;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.expression.Scope;
import dev.pawl.manifest.runtime.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An approval a command waits for, and when each of its stages is needed. */
final class ApprovalModel {
    private final Approval declared;
    private final Map<String, Optional<Code>> stages = new LinkedHashMap<>();

    ApprovalModel(Approval declared, Scope scope) {
        this.declared = declared;
        declared.stages()
                .forEach(stage -> stages.put(
                        stage.name(),
                        Optional.ofNullable(stage.when()).map(when -> ExpressionCompiler.compile(when, scope))));
    }

    Approval declared() {
        return declared;
    }

    /** The stages needed for the instance of the frame. */
    List<String> neededStages(Frame frame, int locals) {
        Frame about = new Frame(frame.evaluation(), frame.self(), locals, Map.of());
        List<String> needed = new ArrayList<>();
        stages.forEach((name, when) -> {
            if (when.isEmpty() || Values.truthy(when.get().value(about))) {
                needed.add(name);
            }
        });
        return needed;
    }
}
