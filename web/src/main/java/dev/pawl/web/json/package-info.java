/**
 * Bodies: how they become values and back, and how large they may be.
 *
 * <p>The rules of JSON itself are the engine's ({@link dev.pawl.engine.json.JsonCodec}).
 */
@NullMarked
package dev.pawl.web.json;

import org.jspecify.annotations.NullMarked;
