/**
 * What an author of workflows imports: pipelines and stages, durable code, and what each may ask of its run.
 *
 * <p>Nothing here knows how work is stored, transported or scheduled; that belongs to the engine. Read {@link
 * dev.pawl.api.Pipeline} first, then {@link dev.pawl.api.Stage};
 * for durable code {@link dev.pawl.api.DurableWorkflow}, then {@link dev.pawl.api.WorkflowContext}.
 */
@NullMarked
package dev.pawl.api;

import org.jspecify.annotations.NullMarked;
