package dev.pawl.engine.command;

import dev.pawl.api.InvalidMemberException;
import org.jspecify.annotations.Nullable;

/** How much a command that works in batches may be asked to do, whichever way it comes. */
public final class BatchSize {

    public static final int USUAL = 100;
    public static final int HIGHEST = 1_000;

    private BatchSize() {}

    /**
     * The size asked for.
     *
     * @param member what the sender calls it
     * @param given absent: the usual size
     * @throws InvalidMemberException when it is out of bounds
     */
    public static int of(String member, @Nullable Integer given) {
        int size = given == null ? USUAL : given;
        if (size < 1 || size > HIGHEST) {
            throw new InvalidMemberException(member, "lies between 1 and " + HIGHEST + ", was " + size);
        }
        return size;
    }
}
