package dev.pawl.api;

import java.util.Set;

/**
 * One piece of work in a pipeline. An instance is shared by every run and every thread, so it keeps no state of a run.
 *
 * <p>{@code I} and {@code O} are concrete types that Jackson can read and write, records as a rule; a record checks its
 * components in its compact constructor, and a value it refuses is never retried. A stage that wants no input declares
 * {@link None}.
 *
 * <p>Ordinary stages run outside any transaction and hold no database connection. A stage can be executed again after a
 * crash or a lost lease: what it does outside must tolerate that, for which {@link StageContext#idempotencyKey()} stays
 * the same over all attempts. A stage that only writes to the database and to JMS can ask for {@link
 * StageOptions#transactional()} instead and is then exactly once.
 */
public interface Stage<I, O> {

    /** Does the work. Any exception is a failed attempt; {@link NonRetryableException} ends the attempts. */
    O execute(StageContext context, I input) throws Exception;

    /** Unique in its pipeline; by default the class name in kebab-case ({@code ExtractText} is {@code extract-text}). */
    default String id() {
        return Names.kebab(getClass());
    }

    /** What people read; by default the id. */
    default String name() {
        return id();
    }

    /** Ids of stages whose outputs this one reads with {@link StageContext#require}; checked when the pipeline is built. */
    default Set<String> dependsOn() {
        return Set.of();
    }

    /** Retries, transaction and time limits; by default three attempts, two seconds apart and doubling. */
    default StageOptions options() {
        return StageOptions.DEFAULT;
    }
}
