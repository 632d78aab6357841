/**
 * Figures as people and programs read them, and the budget they are held against. Nothing here measures.
 *
 * <p>Read {@link dev.pawl.bench.report.Figure} first.
 */
@NullMarked
package dev.pawl.bench.report;

import org.jspecify.annotations.NullMarked;
