/**
 * Micro-benchmarks of the Manifest language in memory: its compiler and its runtime.
 *
 * <p>Read {@link dev.pawl.bench.manifest.CommandBenchmark} first.
 */
@NullMarked
package dev.pawl.bench.manifest;

import org.jspecify.annotations.NullMarked;
