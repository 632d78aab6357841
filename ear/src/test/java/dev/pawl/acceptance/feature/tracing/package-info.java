/** Traces are handed on whether or not the server records them. */
@NullMarked
package dev.pawl.acceptance.feature.tracing;

import org.jspecify.annotations.NullMarked;
