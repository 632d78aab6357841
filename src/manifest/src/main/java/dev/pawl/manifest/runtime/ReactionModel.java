package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.Reaction;
import dev.pawl.manifest.runtime.expression.Code;
import dev.pawl.manifest.runtime.expression.ExpressionCompiler;
import dev.pawl.manifest.runtime.expression.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled reaction. Its code sees {@code payload}, {@code self} (the instance the event is about, or the matched row) and
 * {@code target} (the matched row).
 */
final class ReactionModel {
    private final Reaction declared;
    private final Scope scope = Scope.of(null);
    private final int payload = scope.declare("payload");
    private final int target = scope.declare("target");
    private final @Nullable Code resolve;
    private final @Nullable Code fanOutSource;
    private final Map<String, Code> match = new LinkedHashMap<>();
    private final Map<String, Code> params = new LinkedHashMap<>();

    ReactionModel(Reaction declared) {
        this.declared = declared;
        this.resolve = declared.resolve() == null ? null : compile(declared.resolve());
        this.fanOutSource =
                declared.fanOut() == null ? null : compile(declared.fanOut().matchSource());
        declared.match().forEach(field -> match.put(field.field(), compile(field.source())));
        declared.params().forEach(param -> params.put(param.name(), compile(param.expression())));
    }

    private Code compile(Expression expression) {
        return ExpressionCompiler.compile(expression, scope);
    }

    Reaction declared() {
        return declared;
    }

    int locals() {
        return scope.size();
    }

    int payloadSlot() {
        return payload;
    }

    int targetSlot() {
        return target;
    }

    @Nullable
    Code resolve() {
        return resolve;
    }

    @Nullable
    Code fanOutSource() {
        return fanOutSource;
    }

    Map<String, Code> match() {
        return match;
    }

    Map<String, Code> params() {
        return params;
    }
}
