/**
 * How values of user code become JSON and back, strictly: what does not fit is refused with a pointer, never bent.
 */
@NullMarked
package dev.pawl.engine.json;

import org.jspecify.annotations.NullMarked;
