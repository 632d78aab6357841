package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.BinaryOperator;
import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.UnaryOperator;
import dev.pawl.manifest.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads expressions by precedence climbing; the levels are those of JavaScript. */
final class ExpressionParser {
    private static final int DEEPEST = 200;
    private static final int HEAVIEST = 800;
    private static final Map<String, BinaryOperator> OPERATORS = operators();
    private static final Set<String> WORD_OPERATORS = Set.of("and", "or", "is", "in", "contains");
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
    private int depth;
    private int brackets;

    ExpressionParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    private static Map<String, BinaryOperator> operators() {
        Map<String, BinaryOperator> operators = new HashMap<>();
        for (BinaryOperator operator : BinaryOperator.values()) {
            operators.put(operator.text(), operator);
        }
        return operators;
    }

    private static int precedence(BinaryOperator operator) {
        return switch (operator) {
            case OR, OR_OR -> 1;
            case AND, AND_AND -> 2;
            case EQUAL, NOT_EQUAL, IS, IN, CONTAINS -> 3;
            case LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL -> 4;
            case ADD, SUBTRACT -> 5;
            case MULTIPLY, DIVIDE, REMAINDER -> 6;
        };
    }

    ExpressionNode expression() {
        enter();
        try {
            ExpressionNode condition = binary(1);
            if (!(continues("?") || cursor.at("?"))) {
                return condition;
            }
            cursor.skipNewlines();
            cursor.expect("?");
            skipAfterOperator();
            ExpressionNode consequent = expression();
            skipAfterOperator();
            cursor.expect(":");
            skipAfterOperator();
            ExpressionNode alternate = expression();
            return node(
                    new Expression.Conditional(condition.value(), consequent.value(), alternate.value()),
                    condition.at(),
                    1 + Math.max(condition.weight(), Math.max(consequent.weight(), alternate.weight())));
        } finally {
            depth--;
        }
    }

    private void enter() {
        if (++depth > DEEPEST) {
            depth--;
            throw cursor.failure("Expression is nested too deeply (more than " + DEEPEST + " levels)", cursor.here());
        }
    }

    private ExpressionNode binary(int lowest) {
        ExpressionNode left = unary();
        while (true) {
            @Nullable BinaryOperator operator = peekOperator();
            boolean notIn = operator == null && notInFollows();
            if (notIn) {
                operator = BinaryOperator.IN;
            }
            if (operator == null || precedence(operator) < lowest) {
                return left;
            }
            cursor.skipNewlines();
            if (!emptyTestFollows()) {
                warnOfTightNot(operator, left);
            }
            if (notIn) {
                cursor.advance();
            }
            cursor.advance();
            skipAfterOperator();
            if (operator == BinaryOperator.IS && cursor.extended()) {
                left = is(left);
                continue;
            }
            ExpressionNode right = binary(precedence(operator) + 1);
            left = join(operator, left, right);
            if (notIn) {
                left = negated(left);
            }
        }
    }

    /**
     * {@code is}, {@code is not}, {@code is empty}, {@code is not empty}, as the guides write them. {@code not x is empty}
     * can only mean {@code x is not empty}.
     */
    private ExpressionNode is(ExpressionNode left) {
        boolean not = cursor.acceptWord("not");
        if (cursor.atWord("empty")
                && !cursor.peek(1).isSymbol(".")
                && !cursor.peek(1).isSymbol("(")) {
            cursor.advance();
            return left.value() instanceof Expression.Unary negation
                            && negation.operator() == UnaryOperator.NOT
                            && !left.parenthesised()
                    ? empty(node(negation.operand(), left.at(), left.weight()), !not)
                    : empty(left, not);
        }
        ExpressionNode right = binary(precedence(BinaryOperator.IS) + 1);
        return join(not ? BinaryOperator.NOT_EQUAL : BinaryOperator.IS, left, right);
    }

    /**
     * Empty is null, undefined, the empty text and the empty array; a number or a boolean is never empty. The operand
     * appears twice in the result, so the weight doubles, which keeps tests within tests from growing without bound.
     */
    private ExpressionNode empty(ExpressionNode operand, boolean not) {
        Expression isNull = new Expression.Binary(
                not ? BinaryOperator.NOT_EQUAL : BinaryOperator.EQUAL,
                operand.value(),
                new Expression.Literal(new Value.Null()));
        Expression hasNoLength = new Expression.Binary(
                not ? BinaryOperator.NOT_EQUAL : BinaryOperator.EQUAL,
                new Expression.Member(operand.value(), "length"),
                new Expression.Literal(new Value.Numeric(0)));
        return node(
                new Expression.Binary(not ? BinaryOperator.AND : BinaryOperator.OR, isNull, hasNoLength),
                operand.at(),
                2 * operand.weight() + 3);
    }

    private ExpressionNode join(BinaryOperator operator, ExpressionNode left, ExpressionNode right) {
        return node(
                new Expression.Binary(operator, left.value(), right.value()),
                left.at(),
                1 + Math.max(left.weight(), right.weight()));
    }

    private ExpressionNode negated(ExpressionNode operand) {
        return node(new Expression.Unary(UnaryOperator.NOT, operand.value()), operand.at(), operand.weight() + 1);
    }

    private boolean emptyTestFollows() {
        return cursor.atWord("is")
                && (cursor.peek(1).isWord("empty")
                        || cursor.peek(1).isWord("not") && cursor.peek(2).isWord("empty"));
    }

    private void warnOfTightNot(BinaryOperator operator, ExpressionNode left) {
        boolean compares = precedence(operator) == 3 || precedence(operator) == 4;
        if (cursor.extended()
                && compares
                && !left.parenthesised()
                && left.value() instanceof Expression.Unary unary
                && unary.operator() == UnaryOperator.NOT) {
            cursor.warn(
                    "'not' here belongs to the operand before '" + operator.text()
                            + "' alone; write 'not (...)' to negate the comparison",
                    left.at());
        }
    }

    private @Nullable BinaryOperator peekOperator() {
        Token token = acrossLines() ? cursor.peekPastNewlines() : cursor.peek();
        if (!token.is(Token.Kind.SYMBOL) && !token.is(Token.Kind.WORD)) {
            return null;
        }
        @Nullable BinaryOperator operator = OPERATORS.get(token.text());
        boolean startsEntry = operator != null
                && cursor.peek().is(Token.Kind.NEWLINE)
                && WORD_OPERATORS.contains(token.text())
                && cursor.peekAfterThat().isSymbol(":");
        return startsEntry ? null : operator;
    }

    private boolean notInFollows() {
        return cursor.extended()
                && cursor.peekPastNewlines().isWord("not")
                && cursor.peekAfterThat().isWord("in");
    }

    private boolean acrossLines() {
        return cursor.extended() || brackets > 0;
    }

    private boolean continues(String symbol) {
        return acrossLines() && cursor.peekPastNewlines().isSymbol(symbol);
    }

    private void skipAfterOperator() {
        if (acrossLines()) {
            cursor.skipNewlines();
        }
    }

    private ExpressionNode unary() {
        Token token = cursor.peek();
        UnaryOperator operator;
        if (token.isWord("not")) {
            operator = UnaryOperator.NOT;
        } else if (token.isSymbol("!")) {
            operator = UnaryOperator.BANG;
        } else if (token.isSymbol("-")) {
            operator = UnaryOperator.NEGATE;
        } else {
            return postfix(primary());
        }
        enter();
        try {
            cursor.advance();
            skipAfterOperator();
            ExpressionNode operand = unary();
            return node(new Expression.Unary(operator, operand.value()), cursor.position(token), operand.weight() + 1);
        } finally {
            depth--;
        }
    }

    private ExpressionNode postfix(ExpressionNode start) {
        ExpressionNode node = start;
        while (true) {
            if (cursor.at(".") || cursor.at("?.") || continues(".") || continues("?.")) {
                cursor.skipNewlines();
                cursor.advance();
                skipAfterOperator();
                String property = cursor.reference("a property name");
                node = node(new Expression.Member(node.value(), property), node.at(), node.weight() + 1);
            } else if (cursor.at("(")) {
                node = call(node);
            } else {
                return node;
            }
        }
    }

    private ExpressionNode call(ExpressionNode callee) {
        cursor.expect("(");
        brackets++;
        try {
            cursor.skipNewlines();
            @Nullable ExpressionNode aggregate = aggregate(callee);
            if (aggregate != null) {
                return aggregate;
            }
            List<Expression> args = new ArrayList<>();
            int weight = callee.weight() + 1;
            while (!cursor.at(")")) {
                ExpressionNode argument = expression();
                args.add(argument.value());
                weight = Math.max(weight, argument.weight() + 2);
                cursor.skipNewlines();
                if (!cursor.accept(",")) {
                    break;
                }
                cursor.skipNewlines();
            }
            cursor.expect(")");
            return node(new Expression.Call(callee.value(), args), callee.at(), weight);
        } finally {
            brackets--;
        }
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
                ExpressionNode value = binary(precedence(BinaryOperator.IS) + 1);
                predicates.add(new Expression.Predicate(name, value.value()));
                weight = Math.max(weight, value.weight() + 3);
            }
            cursor.skipNewlines();
        } while (cursor.accept(",") || cursor.acceptWord("and"));
        cursor.expect(")");
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
        cursor.expect("(");
        brackets++;
        try {
            cursor.skipNewlines();
            ExpressionNode inner = expression();
            cursor.skipNewlines();
            cursor.expect(")");
            return inner.inParentheses();
        } finally {
            brackets--;
        }
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
        skipAfterOperator();
        ExpressionNode body = expression();
        return node(new Expression.Lambda(params, body.value()), at, body.weight() + 2);
    }

    private ExpressionNode array() {
        Position at = cursor.here();
        cursor.expect("[");
        brackets++;
        try {
            List<Expression> elements = new ArrayList<>();
            int weight = 2;
            cursor.skipNewlines();
            while (!cursor.at("]")) {
                ExpressionNode element = expression();
                elements.add(element.value());
                weight = Math.max(weight, element.weight() + 2);
                cursor.skipNewlines();
                if (!cursor.accept(",")) {
                    break;
                }
                cursor.skipNewlines();
            }
            cursor.expect("]");
            return node(new Expression.ArrayLiteral(elements), at, weight);
        } finally {
            brackets--;
        }
    }

    private ExpressionNode object() {
        Position at = cursor.here();
        cursor.expect("{");
        brackets++;
        try {
            List<Expression.Entry> entries = new ArrayList<>();
            int weight = 2;
            cursor.skipNewlines();
            while (!cursor.at("}")) {
                String key = cursor.expectWordOrString("a key");
                cursor.expect(":");
                cursor.skipNewlines();
                ExpressionNode value = expression();
                entries.add(new Expression.Entry(key, value.value()));
                weight = Math.max(weight, value.weight() + 3);
                cursor.skipNewlines();
                if (!cursor.accept(",")) {
                    break;
                }
                cursor.skipNewlines();
            }
            cursor.expect("}");
            return node(new Expression.ObjectLiteral(entries), at, weight);
        } finally {
            brackets--;
        }
    }

    private ExpressionNode node(Expression value, Position at, int weight) {
        if (weight > HEAVIEST) {
            throw cursor.failure("Expression is too large: it nests more than " + HEAVIEST + " levels", at);
        }
        return new ExpressionNode(value, at, weight, false);
    }
}
