/**
 * The sample {@code document-processor} as a pipeline: one stage a file, each a few lines around a function of the package
 * above.
 *
 * <p>Read {@link dev.pawl.samples.document.workflow.DocumentProcessor} first.
 */
@NullMarked
package dev.pawl.samples.document.workflow;

import org.jspecify.annotations.NullMarked;
