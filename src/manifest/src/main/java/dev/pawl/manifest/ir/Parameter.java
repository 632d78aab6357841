package dev.pawl.manifest.ir;

import org.jspecify.annotations.Nullable;

/** One input of a command. With a {@code trustedSource} (a context path) the value comes from the server and whatever
 * the client sent is dropped. */
public record Parameter(
        String name,
        Type type,
        boolean required,
        @Nullable Value defaultValue,
        @Nullable String trustedSource) {}
