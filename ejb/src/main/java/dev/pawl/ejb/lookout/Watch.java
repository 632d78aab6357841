package dev.pawl.ejb.lookout;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing that the lookout asks the database about. Every bean of this type is asked for. */
public interface Watch {

    /** A query of one number, the same in every database, served by an index over open work. */
    String question();

    /** Whether it drives runs and events, which a server does not whose timers are switched off. */
    default boolean drives() {
        return true;
    }

    /**
     * Told at every look; whatever lasts is done on another thread.
     *
     * @param answer null when there is no row
     * @return when to look again, if that is before the next regular look
     */
    Optional<Instant> told(@Nullable BigDecimal answer, Instant now);
}
