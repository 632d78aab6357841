package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.UnaryOperator;
import dev.pawl.manifest.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads an expression as a constant, where only constants make sense: defaults and store settings. */
final class ConstantReader {
    private ConstantReader() {}

    /** The constant, a bare word being the text of that name (an enum member), or nothing when it must be computed. */
    static Optional<Value> constant(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return Optional.of(literal.value());
        }
        if (expression instanceof Expression.Identifier word) {
            return Optional.of(new Value.Text(word.name()));
        }
        if (expression instanceof Expression.Member member
                && member.object() instanceof Expression.Identifier
                && !isInstance(member.object())) {
            return Optional.of(new Value.Text(member.property()));
        }
        if (expression instanceof Expression.Unary unary
                && unary.operator() == UnaryOperator.NEGATE
                && unary.operand() instanceof Expression.Literal literal
                && literal.value() instanceof Value.Numeric number) {
            return Optional.of(new Value.Numeric(-number.value()));
        }
        if (expression instanceof Expression.ArrayLiteral array) {
            List<Value> elements = new ArrayList<>();
            for (Expression element : array.elements()) {
                Optional<Value> value = constant(element);
                if (value.isEmpty()) {
                    return value;
                }
                elements.add(value.get());
            }
            return Optional.of(new Value.Sequence(elements));
        }
        if (expression instanceof Expression.ObjectLiteral object) {
            Map<String, Value> properties = new LinkedHashMap<>();
            for (Expression.Entry entry : object.properties()) {
                Optional<Value> value = constant(entry.value());
                if (value.isEmpty()) {
                    return value;
                }
                properties.put(entry.key(), value.get());
            }
            return Optional.of(new Value.Structure(properties));
        }
        return Optional.empty();
    }

    /** Whether it is {@code now()} or {@code today()}, the one computed default. */
    static boolean isCurrentTime(Expression expression) {
        return expression instanceof Expression.Call call
                && call.args().isEmpty()
                && call.callee() instanceof Expression.Identifier function
                && (function.name().equals("now") || function.name().equals("today"));
    }

    private static boolean isInstance(Expression expression) {
        return expression instanceof Expression.Identifier root
                && (root.name().equals("self")
                        || root.name().equals("this")
                        || root.name().equals("user")
                        || root.name().equals("context"));
    }
}
