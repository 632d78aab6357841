/**
 * Flow control: how much of something may happen at a time, how often, and what follows when it is too much. Policies are
 * declared where work is defined: {@link dev.pawl.api.flow.StartPolicy start policies} with a workflow, {@link
 * dev.pawl.api.flow.StepPolicy step policies} with the options of a stage or step. What enforces them is the engine's and
 * not here. Read {@link dev.pawl.api.flow.Concurrency} first.
 */
@NullMarked
package dev.pawl.api.flow;

import org.jspecify.annotations.NullMarked;
