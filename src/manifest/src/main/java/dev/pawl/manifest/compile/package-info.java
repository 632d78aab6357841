/**
 * From the syntax tree to the IR: inheritance and templates are resolved, names are checked, warnings are given, and the
 * result is hashed.
 *
 * <p>Nothing here reads text (see {@code dev.pawl.manifest.syntax}) or runs a program (see
 * {@code dev.pawl.manifest.runtime}).
 *
 * <p>Read first: {@link dev.pawl.manifest.compile.ManifestCompiler}, then
 * {@link dev.pawl.manifest.compile.ProgramLowering}.
 */
@NullMarked
package dev.pawl.manifest.compile;

import org.jspecify.annotations.NullMarked;
