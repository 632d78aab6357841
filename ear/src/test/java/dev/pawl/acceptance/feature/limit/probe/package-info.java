/** Workflows under policies, deployed for the tests of this feature. */
@NullMarked
package dev.pawl.acceptance.feature.limit.probe;

import org.jspecify.annotations.NullMarked;
