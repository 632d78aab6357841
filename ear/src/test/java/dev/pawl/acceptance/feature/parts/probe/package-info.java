/** A blob store, a clock and a log of AI calls in the place of the product's; all else goes on to those. */
@NullMarked
package dev.pawl.acceptance.feature.parts.probe;

import org.jspecify.annotations.NullMarked;
