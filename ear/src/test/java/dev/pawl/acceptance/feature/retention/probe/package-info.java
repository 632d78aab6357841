/** Reaches into the server's own database, which no other process can open while it is embedded. */
@NullMarked
package dev.pawl.acceptance.feature.retention.probe;

import org.jspecify.annotations.NullMarked;
