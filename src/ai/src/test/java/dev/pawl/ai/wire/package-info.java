/**
 * A server that speaks the protocols of AI providers, for tests: it answers as it is told, counts words as tokens, and
 * keeps what it was asked. Read {@link dev.pawl.ai.wire.ProviderServer} first.
 */
@NullMarked
package dev.pawl.ai.wire;

import org.jspecify.annotations.NullMarked;
