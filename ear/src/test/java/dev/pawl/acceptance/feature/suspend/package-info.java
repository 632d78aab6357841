/** Stages that wait for work done elsewhere. */
@NullMarked
package dev.pawl.acceptance.feature.suspend;

import org.jspecify.annotations.NullMarked;
