/** State machines. */
@NullMarked
package dev.pawl.acceptance.feature.machine;

import org.jspecify.annotations.NullMarked;
