/** Which way the arrows between packages point. */
@NullMarked
package dev.pawl.testkit.architecture;

import org.jspecify.annotations.NullMarked;
