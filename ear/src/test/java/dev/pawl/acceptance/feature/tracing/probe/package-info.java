/** Stages that tell in which trace they run. */
@NullMarked
package dev.pawl.acceptance.feature.tracing.probe;

import org.jspecify.annotations.NullMarked;
