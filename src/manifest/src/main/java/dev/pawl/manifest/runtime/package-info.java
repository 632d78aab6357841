/**
 * Running Manifest programs: commands on instances, checks, computed properties and queries, on the ports of
 * {@link dev.pawl.manifest.runtime.port}.
 *
 * <p>The compiled models (names ending in {@code Model}) are built once per program and immutable; the classes named for acts
 * carry out one step of a call. No source text is read here, and no container, database or clock is known.
 *
 * <p>Read first: {@link dev.pawl.manifest.runtime.ManifestRuntime}, then {@code RunCommand}.
 */
@NullMarked
package dev.pawl.manifest.runtime;

import org.jspecify.annotations.NullMarked;
