/** Servers of their own whose timers are off. */
@NullMarked
package dev.pawl.acceptance.driven;

import org.jspecify.annotations.NullMarked;
