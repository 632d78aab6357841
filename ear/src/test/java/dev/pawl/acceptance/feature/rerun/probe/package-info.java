/** Workflows with stages to be run again. */
@NullMarked
package dev.pawl.acceptance.feature.rerun.probe;

import org.jspecify.annotations.NullMarked;
