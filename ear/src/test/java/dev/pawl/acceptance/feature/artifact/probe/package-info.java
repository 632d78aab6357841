/** Workflows that keep artifacts. */
@NullMarked
package dev.pawl.acceptance.feature.artifact.probe;

import org.jspecify.annotations.NullMarked;
