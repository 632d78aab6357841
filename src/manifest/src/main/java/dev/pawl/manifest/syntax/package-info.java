/**
 * From source text to a syntax tree: lexer, recursive-descent parser and the tree itself, for both grammars of the
 * Manifest language.
 *
 * <p>What a program means (inheritance, name checks, the IR) is not decided here but in
 * {@code dev.pawl.manifest.compile}. Expressions and types need no second shape: the parser builds them as IR at once.
 *
 * <p>Read first: {@link dev.pawl.manifest.syntax.ProgramParser}, then {@link dev.pawl.manifest.syntax.TokenCursor} for how
 * errors are reported and parsing goes on after them.
 */
@NullMarked
package dev.pawl.manifest.syntax;

import org.jspecify.annotations.NullMarked;
