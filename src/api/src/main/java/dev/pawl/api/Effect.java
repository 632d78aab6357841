package dev.pawl.api;

import org.jspecify.annotations.Nullable;

/**
 * Performs the effects of one name that Manifest programs declare ({@code effect mail = self.address}). Every CDI bean of this
 * type in the application is found; a program that asks for an effect nobody performs is refused when its command runs.
 *
 * <p>An effect is performed after its command has been committed, at least once, as a run of the workflow {@code
 * manifest-effect}: outside any transaction, with retries, and again after a crash. {@link EffectCall#id} stays the same then.
 */
public interface Effect {

    /** What programs call it; effects without a name of their own are called {@code default}. */
    String name();

    /**
     * Does it. Any exception is a failed attempt; {@link NonRetryableException} ends the attempts.
     *
     * @return what the run's output shows: something Jackson can write, or nothing
     */
    @Nullable
    Object perform(EffectCall call) throws Exception;
}
