/** How requests join distributed traces. */
@NullMarked
package dev.pawl.web.tracing;

import org.jspecify.annotations.NullMarked;
