/**
 * Flow control on the side of a worker: what stands between a step and its user code, and who sees to limits. What is
 * shared by servers is decided by commands; what concerns one server alone, bulkheads and what it knows of circuit breakers,
 * is kept here. Read {@link dev.pawl.engine.work.limit.StepGates} first.
 */
@NullMarked
package dev.pawl.engine.work.limit;

import org.jspecify.annotations.NullMarked;
