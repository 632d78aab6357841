package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what operators stand between: constants, names, calls, members, lambdas, and whatever is in brackets. */
final class OperandParser {
    /** Words that begin a statement; in an expression they are a sign that an operand is missing before them. */
    private static final Set<String> NO_OPERAND = Set.of(
            "guard",
            "mutate",
            "emit",
            "compute",
            "persist",
            "entity",
            "property",
            "computed",
            "constraint",
            "command",
            "policy",
            "store",
            "event",
            "hasMany",
            "hasOne",
            "belongsTo",
            "and",
            "or",
            "is",
            "in",
            "contains");

    private final TokenCursor cursor;
    private final ExpressionParser expressions;

    OperandParser(TokenCursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    ExpressionNode operand() {
        ExpressionNode node = primary();
        while (true) {
            if (memberFollows()) {
                cursor.skipNewlines();
                cursor.advance();
                expressions.skipAfterOperator();
                String property = cursor.reference("a property name");
                node = node(new Expression.Member(node.value(), property), node.at(), node.weight() + 1);
            } else if (cursor.at("(")) {
                node = call(node);
            } else {
                return node;
            }
        }
    }

    private boolean memberFollows() {
        return cursor.at(".") || cursor.at("?.") || expressions.continues(".") || expressions.continues("?.");
    }

    private ExpressionNode call(ExpressionNode callee) {
        return expressions.bracketed("(", ")", () -> {
            @Nullable ExpressionNode aggregate = aggregate(callee);
            if (aggregate != null) {
                return aggregate;
            }
            List<Expression> args = new ArrayList<>();
            int inner = elements(")", args);
            return node(
                    new Expression.Call(callee.value(), args), callee.at(), Math.max(callee.weight() + 1, inner + 2));
        });
    }

    /** Reads expressions separated by commas up to the closing bracket; returns the weight of the heaviest. */
    private int elements(String closing, List<Expression> into) {
        int heaviest = 0;
        while (!cursor.at(closing)) {
            ExpressionNode element = expressions.expression();
            into.add(element.value());
            heaviest = Math.max(heaviest, element.weight());
            cursor.skipNewlines();
            if (!cursor.accept(",")) {
                break;
            }
            cursor.skipNewlines();
        }
        return heaviest;
    }

    /** {@code count(Entity where field == value, ...)} and {@code sum(Entity where ..., of field)}. */
    private @Nullable ExpressionNode aggregate(ExpressionNode callee) {
        if (!(callee.value() instanceof Expression.Identifier function)
                || !cursor.peek().is(Token.Kind.WORD)
                || !cursor.peek(1).isWord("where")) {
            return null;
        }
        Expression.Op op;
        switch (function.name()) {
            case "count" -> op = Expression.Op.COUNT;
            case "sum" -> op = Expression.Op.SUM;
            default -> {
                return null;
            }
        }
        String entity = cursor.reference("an entity");
        cursor.expectWord("where");
        List<Expression.Predicate> predicates = new ArrayList<>();
        @Nullable String field = null;
        int weight = 4;
        do {
            cursor.skipNewlines();
            if (cursor.atWord("of") && cursor.peek(1).is(Token.Kind.WORD)) {
                cursor.advance();
                field = cursor.reference("a field");
            } else {
                String name = cursor.reference("a field");
                if (!cursor.accept("==")) {
                    cursor.expect("=");
                }
                cursor.skipNewlines();
                ExpressionNode value = expressions.comparand();
                predicates.add(new Expression.Predicate(name, value.value()));
                weight = Math.max(weight, value.weight() + 3);
            }
            cursor.skipNewlines();
        } while (cursor.accept(",") || cursor.acceptWord("and"));
        if (op == Expression.Op.SUM && field == null) {
            throw cursor.failure("sum over '" + entity + "' needs the field to add up: ', of <field>'", callee.at());
        }
        return node(new Expression.Aggregate(op, entity, field, predicates), callee.at(), weight);
    }

    private ExpressionNode primary() {
        Token token = cursor.peek();
        switch (token.kind()) {
            case NUMBER:
                cursor.advance();
                return literal(new Value.Numeric(Double.parseDouble(token.text())), token);
            case STRING:
                cursor.advance();
                return literal(new Value.Text(token.text()), token);
            case WORD:
                return word(token);
            case SYMBOL:
                if (token.isSymbol("(")) {
                    return lambdaFollows() ? lambda() : parentheses();
                }
                if (token.isSymbol("[")) {
                    return array();
                }
                if (token.isSymbol("{")) {
                    return object();
                }
                throw cursor.unexpected();
            default:
                throw cursor.unexpected();
        }
    }

    private ExpressionNode word(Token token) {
        switch (token.text()) {
            case "true", "false" -> {
                cursor.advance();
                return literal(new Value.Bool(token.text().equals("true")), token);
            }
            case "null" -> {
                cursor.advance();
                return literal(new Value.Null(), token);
            }
            default -> {
                if (cursor.peek(1).isSymbol("=>")) {
                    return lambda();
                }
                if (NO_OPERAND.contains(token.text())) {
                    throw cursor.unexpected();
                }
                cursor.advance();
                return node(new Expression.Identifier(token.text()), cursor.position(token), 1);
            }
        }
    }

    private ExpressionNode literal(Value value, Token token) {
        return node(new Expression.Literal(value), cursor.position(token), 2);
    }

    private ExpressionNode parentheses() {
        return expressions.bracketed("(", ")", () -> expressions.expression().inParentheses());
    }

    private boolean lambdaFollows() {
        int i = 1;
        while (cursor.peek(i).is(Token.Kind.WORD) || cursor.peek(i).isSymbol(",")) {
            i++;
        }
        return cursor.peek(i).isSymbol(")") && cursor.peek(i + 1).isSymbol("=>");
    }

    private ExpressionNode lambda() {
        Position at = cursor.here();
        List<String> params = new ArrayList<>();
        if (cursor.accept("(")) {
            while (!cursor.at(")")) {
                params.add(cursor.reference("a parameter"));
                if (!cursor.accept(",")) {
                    break;
                }
            }
            cursor.expect(")");
        } else {
            params.add(cursor.reference("a parameter"));
        }
        cursor.expect("=>");
        expressions.skipAfterOperator();
        ExpressionNode body = expressions.expression();
        return node(new Expression.Lambda(params, body.value()), at, body.weight() + 2);
    }

    private ExpressionNode array() {
        Position at = cursor.here();
        return expressions.bracketed("[", "]", () -> {
            List<Expression> elements = new ArrayList<>();
            int inner = elements("]", elements);
            return node(new Expression.ArrayLiteral(elements), at, inner + 2);
        });
    }

    private ExpressionNode object() {
        Position at = cursor.here();
        return expressions.bracketed("{", "}", () -> {
            List<Expression.Entry> entries = new ArrayList<>();
            int weight = 2;
            while (!cursor.at("}")) {
                String key = cursor.expectWordOrString("a key");
                cursor.expect(":");
                cursor.skipNewlines();
                ExpressionNode value = expressions.expression();
                entries.add(new Expression.Entry(key, value.value()));
                weight = Math.max(weight, value.weight() + 3);
                cursor.skipNewlines();
                if (!cursor.accept(",")) {
                    break;
                }
                cursor.skipNewlines();
            }
            return node(new Expression.ObjectLiteral(entries), at, weight);
        });
    }

    private ExpressionNode node(Expression value, Position at, int weight) {
        return expressions.node(value, at, weight);
    }
}
