/** Workflows that run while something is away. */
@NullMarked
package dev.pawl.acceptance.outage.probe;

import org.jspecify.annotations.NullMarked;
