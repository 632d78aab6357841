package dev.pawl.api.config;

import dev.pawl.api.InvalidMemberException;
import org.jspecify.annotations.Nullable;

/** JSON can say null where a record wants a part. */
final class Present {

    private Present() {}

    static void check(String member, @Nullable Object part) {
        if (part == null) {
            throw new InvalidMemberException(member, "an object is expected, not null");
        }
    }
}
