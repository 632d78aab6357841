package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.NamedExpression;
import dev.pawl.manifest.runtime.expression.Code;
import dev.pawl.manifest.runtime.expression.ExpressionCompiler;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.expression.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The compiled input of a command that a schedule or a webhook runs. Its code sees {@code payload}, also as {@code self}. */
final class TriggerModel {
    private final Scope scope = Scope.of(null);
    private final int payload = scope.declare("payload");
    private final Map<String, Code> params = new LinkedHashMap<>();

    TriggerModel(List<NamedExpression> declared) {
        declared.forEach(param -> params.put(param.name(), ExpressionCompiler.compile(param.expression(), scope)));
    }

    Map<String, Object> input(CallScope call, Map<String, Object> received) {
        Frame frame = new Frame(call.evaluation(null), received, scope.size(), received);
        frame.local(payload, received);
        Map<String, Object> input = new LinkedHashMap<>();
        params.forEach((name, code) -> input.put(name, code.value(frame)));
        return input;
    }
}
