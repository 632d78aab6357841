package dev.pawl.engine.command;

import java.util.Optional;

/**
 * A command on its way.
 *
 * @param idempotencyKey with it, the same command is executed once per tenant and type, and answered alike ever after
 * @param causationId what caused the command, recorded with each of its events; absent: the command's own id
 */
public record Envelope<R>(
        Command<R> command, Caller caller, Optional<String> idempotencyKey, Optional<String> causationId) {

    private static final int LONGEST_KEY = 255;

    public Envelope {
        if (idempotencyKey.isPresent()
                && (idempotencyKey.get().isBlank()
                        || idempotencyKey.get().length() > LONGEST_KEY
                        || idempotencyKey.get().chars().anyMatch(Character::isISOControl))) {
            throw new RefusedException(Refusal.of(
                    RefusalCode.VALIDATION_FAILED,
                    "An idempotency key has 1 to " + LONGEST_KEY
                            + " characters, is not blank and holds no control characters"));
        }
    }

    public static <R> Envelope<R> of(Command<R> command, Caller caller) {
        return new Envelope<>(command, caller, Optional.empty(), Optional.empty());
    }

    /** A command of the engine itself. */
    public static <R> Envelope<R> internal(Command<R> command) {
        return of(command, Caller.ENGINE);
    }

    /** See {@link Command#repeated()}. */
    public Envelope<R> repeated() {
        return new Envelope<>(command.repeated(), caller, idempotencyKey, causationId);
    }

    public Envelope<R> withIdempotencyKey(String key) {
        return new Envelope<>(command, caller, Optional.of(key), causationId);
    }
}
