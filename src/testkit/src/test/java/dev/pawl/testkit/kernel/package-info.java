/** The engine's behaviour, row by row of the acceptance table, over the stores in memory. */
@NullMarked
package dev.pawl.testkit.kernel;

import org.jspecify.annotations.NullMarked;
