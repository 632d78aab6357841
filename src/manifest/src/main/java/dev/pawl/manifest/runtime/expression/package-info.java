/**
 * Expressions, compiled once to trees of small closures that read slots, and what one evaluation needs: the frame with
 * its slots, the budget, the caller, and a way to reach other rows.
 *
 * <p>Commands, policies, stores and results are not known here.
 *
 * <p>Read first: {@link dev.pawl.manifest.runtime.expression.Code}, then
 * {@link dev.pawl.manifest.runtime.expression.ExpressionCompiler}.
 */
@NullMarked
package dev.pawl.manifest.runtime.expression;

import org.jspecify.annotations.NullMarked;
