/**
 * What an author of workflows imports: pipelines, stages and what a stage may ask of its run.
 *
 * <p>Nothing here knows how work is stored, transported or scheduled; that belongs to the engine. Read {@link
 * dev.pawl.api.Pipeline} first, then {@link dev.pawl.api.Stage}.
 */
@NullMarked
package dev.pawl.api;

import org.jspecify.annotations.NullMarked;
