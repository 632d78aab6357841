/**
 * What happens, as server-sent events: over HTTP connections that stay open and hold no thread between two messages.
 *
 * <p>What a stream tells is decided in {@link dev.pawl.engine.live}; here it is written down. Read {@link
 * dev.pawl.web.stream.ServeStreams} first.
 */
@NullMarked
package dev.pawl.web.stream;

import org.jspecify.annotations.NullMarked;
