/** Workflows that tell what they do. */
@NullMarked
package dev.pawl.acceptance.feature.live.probe;

import org.jspecify.annotations.NullMarked;
