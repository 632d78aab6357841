/** How events leave: the relay under a sink that fails, dead letters and their replay, listeners, poison messages. */
@NullMarked
package dev.pawl.acceptance.feature.outbox;

import org.jspecify.annotations.NullMarked;
