package dev.pawl.manifest.runtime.expression;

import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.runtime.value.JsonValues;
import dev.pawl.manifest.runtime.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A condition that can say why it holds or not: its code, its text, and the code of the names and constants in it. */
public final class ExplainedCode {
    private final Code code;
    private final String text;
    private final Map<String, Code> parts = new LinkedHashMap<>();
    private final Set<String> contextKeys = new TreeSet<>();

    public ExplainedCode(Expression expression, Scope scope) {
        this.code = ExpressionCompiler.compile(expression, scope);
        this.text = ExpressionText.of(expression);
        collect(expression, scope);
    }

    public boolean holds(Frame frame) {
        return Values.truthy(code.value(frame));
    }

    public String text() {
        return text;
    }

    /** The values of the parts, in the order they are written, each part once. */
    public List<ResolvedValue> resolved(Frame frame) {
        List<ResolvedValue> resolved = new ArrayList<>(parts.size());
        parts.forEach(
                (part, partCode) -> resolved.add(new ResolvedValue(part, JsonValues.toJson(partCode.value(frame)))));
        return resolved;
    }

    /** The bound names and member paths the condition reads, sorted; names only, no values. */
    public List<String> contextKeys() {
        return List.copyOf(contextKeys);
    }

    private void collect(Expression expression, Scope scope) {
        if (expression instanceof Expression.Literal) {
            add(expression, scope);
        } else if (expression instanceof Expression.Identifier identifier) {
            add(expression, scope);
            if (Set.of("self", "this", "user", "context").contains(identifier.name())) {
                contextKeys.add(identifier.name());
            }
        } else if (expression instanceof Expression.Member member) {
            add(expression, scope);
            addPath(member);
        } else if (expression instanceof Expression.Binary binary) {
            collect(binary.left(), scope);
            collect(binary.right(), scope);
        } else if (expression instanceof Expression.Unary unary) {
            collect(unary.operand(), scope);
        } else if (expression instanceof Expression.Call call) {
            if (call.callee() instanceof Expression.Member method) {
                collect(method.object(), scope);
            }
            call.args().forEach(argument -> collect(argument, scope));
        } else if (expression instanceof Expression.Conditional conditional) {
            collect(conditional.condition(), scope);
            collect(conditional.consequent(), scope);
            collect(conditional.alternate(), scope);
        } else if (expression instanceof Expression.ArrayLiteral array) {
            array.elements().forEach(element -> collect(element, scope));
        } else if (expression instanceof Expression.ObjectLiteral object) {
            object.properties().forEach(entry -> collect(entry.value(), scope));
        }
    }

    private void add(Expression part, Scope scope) {
        parts.putIfAbsent(ExpressionText.of(part), ExpressionCompiler.compile(part, scope));
    }

    private void addPath(Expression.Member member) {
        contextKeys.add(ExpressionText.of(member));
        if (member.object() instanceof Expression.Member inner) {
            addPath(inner);
        } else if (member.object() instanceof Expression.Identifier identifier) {
            contextKeys.add(identifier.name());
        }
    }
}
