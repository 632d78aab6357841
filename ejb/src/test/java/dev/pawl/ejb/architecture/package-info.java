/** What no class of this module may do. */
@NullMarked
package dev.pawl.ejb.architecture;

import org.jspecify.annotations.NullMarked;
