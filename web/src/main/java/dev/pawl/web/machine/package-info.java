/** State machines over HTTP. */
@NullMarked
package dev.pawl.web.machine;

import org.jspecify.annotations.NullMarked;
