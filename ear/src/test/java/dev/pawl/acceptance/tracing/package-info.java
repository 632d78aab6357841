/** A server that records traces, and a collector that takes them. */
@NullMarked
package dev.pawl.acceptance.tracing;

import org.jspecify.annotations.NullMarked;
