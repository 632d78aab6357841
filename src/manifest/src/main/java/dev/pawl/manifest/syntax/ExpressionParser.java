package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.BinaryOperator;
import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.UnaryOperator;
import dev.pawl.manifest.ir.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads expressions by precedence climbing; the levels are those of JavaScript. */
final class ExpressionParser {
    private static final int DEEPEST = 200;
    private static final int HEAVIEST = 800;
    private static final Map<String, BinaryOperator> OPERATORS = operators();
    private static final Set<String> WORD_OPERATORS = Set.of("and", "or", "is", "in", "contains");

    private final TokenCursor cursor;
    private final OperandParser operands;
    private int depth;
    private int brackets;

    ExpressionParser(TokenCursor cursor) {
        this.cursor = cursor;
        this.operands = new OperandParser(cursor, this);
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
        ExpressionNode right = comparand();
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

    boolean continues(String symbol) {
        return acrossLines() && cursor.peekPastNewlines().isSymbol(symbol);
    }

    void skipAfterOperator() {
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
            return operands.operand();
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

    /** What may stand beside a comparison: an expression without comparisons, and, or. */
    ExpressionNode comparand() {
        return binary(precedence(BinaryOperator.IS) + 1);
    }

    /** Reads from an opening bracket to the closing one; between them lines do not count. */
    ExpressionNode bracketed(String opening, String closing, Supplier<ExpressionNode> inner) {
        cursor.expect(opening);
        brackets++;
        try {
            cursor.skipNewlines();
            ExpressionNode node = inner.get();
            cursor.skipNewlines();
            cursor.expect(closing);
            return node;
        } finally {
            brackets--;
        }
    }

    ExpressionNode node(Expression value, Position at, int weight) {
        if (weight > HEAVIEST) {
            throw cursor.failure("Expression is too large: it nests more than " + HEAVIEST + " levels", at);
        }
        return new ExpressionNode(value, at, weight, false);
    }
}
