/** What no class of this module may do. */
@NullMarked
package dev.pawl.jms.architecture;

import org.jspecify.annotations.NullMarked;
