/** Distributed traces by OpenTelemetry, which the server brings along and switches on by its own settings. */
@NullMarked
package dev.pawl.ejb.tracing;

import org.jspecify.annotations.NullMarked;
