/**
 * The benchmark: starts what ships on PostgreSQL, runs workloads, checks that nothing is missing, and prints what a run costs.
 * Here belong the program and its workloads; processes, readings, clients, checks and reports have packages of their own.
 *
 * <p>Read {@link dev.pawl.bench.Benchmark} first.
 */
@NullMarked
package dev.pawl.bench;

import org.jspecify.annotations.NullMarked;
