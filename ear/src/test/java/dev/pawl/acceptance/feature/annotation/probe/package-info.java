/** Workflows that annotate their runs. */
@NullMarked
package dev.pawl.acceptance.feature.annotation.probe;

import org.jspecify.annotations.NullMarked;
