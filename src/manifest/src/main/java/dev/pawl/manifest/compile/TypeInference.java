package dev.pawl.manifest.compile;

import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.Property;
import dev.pawl.manifest.ir.Type;
import dev.pawl.manifest.ir.UnaryOperator;
import dev.pawl.manifest.ir.Value;
import dev.pawl.manifest.syntax.Ast;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The type of a computed property that is declared without one; {@code any} where the expression does not tell. */
final class TypeInference {
    private static final int LONGEST_CHAIN = 64;
    private static final Type ANY = Type.of("any");
    private static final Type BOOLEAN = Type.of("boolean");
    private static final Type NUMBER = Type.of("number");
    private static final Type STRING = Type.of("string");
    private static final Set<String> NUMERIC_FUNCTIONS = Set.of(
            "now",
            "length",
            "count",
            "count_of",
            "sum",
            "avg",
            "abs",
            "round",
            "floor",
            "ceil",
            "min",
            "max",
            "year",
            "month",
            "day",
            "hours",
            "minutes",
            "seconds",
            "indexOf",
            "durationBetween");
    private static final Set<String> TEXT_FUNCTIONS =
            Set.of("trim", "replace", "toUpperCase", "toLowerCase", "substring", "uuid", "dateOf");
    private static final Set<String> TRUTH_FUNCTIONS =
            Set.of("startsWith", "endsWith", "matches", "flag", "hasPermission");

    private final ResolvedEntity entity;
    private final Set<String> open = new HashSet<>();
    private final Map<String, Type> inferred = new HashMap<>();

    TypeInference(ResolvedEntity entity) {
        this.entity = entity;
    }

    Type type(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return literal(literal.value());
        }
        if (expression instanceof Expression.Identifier identifier) {
            return property(identifier.name());
        }
        if (expression instanceof Expression.Member member) {
            boolean own = member.object() instanceof Expression.Identifier root
                    && (root.name().equals("self") || root.name().equals("this"));
            return own ? property(member.property()) : member.property().equals("length") ? NUMBER : ANY;
        }
        if (expression instanceof Expression.Unary unary) {
            return unary.operator() == UnaryOperator.NEGATE ? NUMBER : BOOLEAN;
        }
        if (expression instanceof Expression.Binary binary) {
            return binary(binary);
        }
        if (expression instanceof Expression.Conditional conditional) {
            Type consequent = type(conditional.consequent());
            Type alternate = type(conditional.alternate());
            if (isNull(conditional.alternate())) {
                return consequent.asNullable();
            }
            if (isNull(conditional.consequent())) {
                return alternate.asNullable();
            }
            return consequent.equals(alternate) ? consequent : ANY;
        }
        if (expression instanceof Expression.ArrayLiteral) {
            return new Type("array", ANY, false, null);
        }
        if (expression instanceof Expression.Aggregate) {
            return NUMBER;
        }
        if (expression instanceof Expression.Call call && call.callee() instanceof Expression.Identifier function) {
            return function(function.name());
        }
        return ANY;
    }

    private static boolean isNull(Expression expression) {
        return expression instanceof Expression.Literal literal && literal.value() instanceof Value.Null;
    }

    private static Type literal(Value value) {
        if (value instanceof Value.Text) {
            return STRING;
        }
        if (value instanceof Value.Numeric) {
            return NUMBER;
        }
        return value instanceof Value.Bool ? BOOLEAN : ANY;
    }

    private static Type function(String name) {
        if (NUMERIC_FUNCTIONS.contains(name)) {
            return NUMBER;
        }
        if (TEXT_FUNCTIONS.contains(name)) {
            return STRING;
        }
        return TRUTH_FUNCTIONS.contains(name) ? BOOLEAN : ANY;
    }

    private Type binary(Expression.Binary binary) {
        return switch (binary.operator()) {
            case SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> NUMBER;
            case ADD -> {
                Type left = type(binary.left());
                Type right = type(binary.right());
                if (left.name().equals("string") || right.name().equals("string")) {
                    yield STRING;
                }
                yield left.name().equals("number") && right.name().equals("number") ? NUMBER : ANY;
            }
            case AND, OR, AND_AND, OR_OR -> {
                Type left = type(binary.left());
                yield left.equals(type(binary.right())) ? left : ANY;
            }
            default -> BOOLEAN;
        };
    }

    private Type property(String name) {
        @Nullable Property property = entity.properties.get(name);
        if (property != null) {
            return property.type();
        }
        Ast.@Nullable Computed computed = entity.computed.get(name);
        if (computed == null) {
            return ANY;
        }
        if (computed.type() != null) {
            return computed.type();
        }
        Type known = inferred.get(name);
        if (known != null) {
            return known;
        }
        if (open.size() >= LONGEST_CHAIN || !open.add(name)) {
            return ANY;
        }
        Type type = type(computed.expression().value());
        open.remove(name);
        inferred.put(name, type);
        return type;
    }
}
