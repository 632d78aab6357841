/** Workflows whose stages ask models. */
@NullMarked
package dev.pawl.acceptance.feature.ai.probe;

import org.jspecify.annotations.NullMarked;
