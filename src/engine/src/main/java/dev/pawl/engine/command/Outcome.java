package dev.pawl.engine.command;

/** How a command ended: carried out, or refused with a reason and without any effect. */
public sealed interface Outcome<R> {

    record Done<R>(R value) implements Outcome<R> {}

    record Refused<R>(Refusal refusal) implements Outcome<R> {}

    /**
     * The answer.
     *
     * @throws RefusedException when the command was refused
     */
    default R orThrow() {
        if (this instanceof Refused<R> refused) {
            throw new RefusedException(refused.refusal());
        }
        return ((Done<R>) this).value();
    }
}
