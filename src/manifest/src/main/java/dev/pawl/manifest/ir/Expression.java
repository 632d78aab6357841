package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression. {@code self} and {@code this} are the instance, {@code user} and {@code context} the caller; any other
 * identifier is a parameter, a computed local, a property of the instance or, as the callee of a call, a builtin.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Expression.Literal.class, name = "literal"),
    @JsonSubTypes.Type(value = Expression.Identifier.class, name = "identifier"),
    @JsonSubTypes.Type(value = Expression.Member.class, name = "member"),
    @JsonSubTypes.Type(value = Expression.Binary.class, name = "binary"),
    @JsonSubTypes.Type(value = Expression.Unary.class, name = "unary"),
    @JsonSubTypes.Type(value = Expression.Call.class, name = "call"),
    @JsonSubTypes.Type(value = Expression.Conditional.class, name = "conditional"),
    @JsonSubTypes.Type(value = Expression.ArrayLiteral.class, name = "array"),
    @JsonSubTypes.Type(value = Expression.ObjectLiteral.class, name = "object"),
    @JsonSubTypes.Type(value = Expression.Lambda.class, name = "lambda"),
    @JsonSubTypes.Type(value = Expression.Aggregate.class, name = "aggregate")
})
public sealed interface Expression {

    record Literal(Value value) implements Expression {}

    record Identifier(String name) implements Expression {}

    record Member(Expression object, String property) implements Expression {}

    record Binary(BinaryOperator operator, Expression left, Expression right) implements Expression {}

    record Unary(UnaryOperator operator, Expression operand) implements Expression {}

    record Call(Expression callee, List<Expression> args) implements Expression {
        public Call {
            args = List.copyOf(args);
        }
    }

    record Conditional(Expression condition, Expression consequent, Expression alternate) implements Expression {}

    record ArrayLiteral(List<Expression> elements) implements Expression {
        public ArrayLiteral {
            elements = List.copyOf(elements);
        }
    }

    record ObjectLiteral(List<Entry> properties) implements Expression {
        public ObjectLiteral {
            properties = List.copyOf(properties);
        }
    }

    /** One entry of an object literal. */
    record Entry(String key, Expression value) {}

    record Lambda(List<String> params, Expression body) implements Expression {
        public Lambda {
            params = List.copyOf(params);
        }
    }

    /** Counts, or sums {@code field} over, the rows of an entity in which every predicate's field equals its value. */
    record Aggregate(Op op, String entity, @Nullable String field, List<Predicate> predicates) implements Expression {
        public Aggregate {
            predicates = List.copyOf(predicates);
        }
    }

    /** A field that must equal a value. */
    record Predicate(String field, Expression value) {}

    /** The aggregations over rows. */
    enum Op {
        COUNT("count"),
        SUM("sum");

        private final String text;

        Op(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }
}
