package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.Expression;

/**
 * An expression and where it begins. {@code weight} is how deeply its JSON form nests, kept so that no expression can
 * be built that a recursive reader or evaluator could not walk.
 */
public record ExpressionNode(Expression value, Position at, int weight, boolean parenthesised) {

    ExpressionNode inParentheses() {
        return new ExpressionNode(value, at, weight, true);
    }
}
