/** Workflows as plain Java, for tests that cannot see into the server. */
@NullMarked
package dev.pawl.acceptance.feature.durable.probe;

import org.jspecify.annotations.NullMarked;
