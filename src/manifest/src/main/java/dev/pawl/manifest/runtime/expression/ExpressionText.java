package dev.pawl.manifest.runtime.expression;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.UnaryOperator;
import dev.pawl.manifest.ir.Value;
import dev.pawl.manifest.runtime.value.NumberText;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An expression as its author would write it on one line; parentheses are not kept. */
public final class ExpressionText {
    private ExpressionText() {}

    public static String of(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return of(literal.value());
        }
        if (expression instanceof Expression.Identifier identifier) {
            return identifier.name();
        }
        if (expression instanceof Expression.Member member) {
            return of(member.object()) + "." + member.property();
        }
        if (expression instanceof Expression.Binary binary) {
            return of(binary.left()) + " " + binary.operator().text() + " " + of(binary.right());
        }
        if (expression instanceof Expression.Unary unary) {
            String operator = unary.operator() == UnaryOperator.NOT
                    ? "not "
                    : unary.operator().text();
            return operator + of(unary.operand());
        }
        if (expression instanceof Expression.Call call) {
            return of(call.callee()) + "(" + join(call.args(), ExpressionText::of) + ")";
        }
        if (expression instanceof Expression.Conditional conditional) {
            return of(conditional.condition()) + " ? " + of(conditional.consequent()) + " : "
                    + of(conditional.alternate());
        }
        if (expression instanceof Expression.ArrayLiteral array) {
            return "[" + join(array.elements(), ExpressionText::of) + "]";
        }
        if (expression instanceof Expression.ObjectLiteral object) {
            return "{ " + join(object.properties(), entry -> entry.key() + ": " + of(entry.value())) + " }";
        }
        if (expression instanceof Expression.Lambda lambda) {
            return "(" + String.join(", ", lambda.params()) + ") => " + of(lambda.body());
        }
        return of((Expression.Aggregate) expression);
    }

    private static String of(Expression.Aggregate aggregate) {
        String predicates =
                join(aggregate.predicates(), predicate -> predicate.field() + " == " + of(predicate.value()));
        String summed = aggregate.field() == null ? "" : ", of " + aggregate.field();
        return aggregate.op().text() + "(" + aggregate.entity() + " where " + predicates + summed + ")";
    }

    private static String of(Value value) {
        if (value instanceof Value.Text text) {
            return TextNode.valueOf(text.value()).toString();
        }
        if (value instanceof Value.Numeric number) {
            return NumberText.of(number.value());
        }
        if (value instanceof Value.Bool flag) {
            return String.valueOf(flag.value());
        }
        if (value instanceof Value.Sequence sequence) {
            return "[" + join(sequence.elements(), ExpressionText::of) + "]";
        }
        if (value instanceof Value.Structure structure) {
            return "{ "
                    + structure.properties().entrySet().stream()
                            .map((Map.Entry<String, Value> entry) -> entry.getKey() + ": " + of(entry.getValue()))
                            .collect(Collectors.joining(", "))
                    + " }";
        }
        return "null";
    }

    private static <T> String join(List<T> parts, Function<T, String> text) {
        return parts.stream().map(text).collect(Collectors.joining(", "));
    }
}
