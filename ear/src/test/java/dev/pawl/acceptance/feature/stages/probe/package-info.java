/** Stages that fail as a test wants it. */
@NullMarked
package dev.pawl.acceptance.feature.stages.probe;

import org.jspecify.annotations.NullMarked;
