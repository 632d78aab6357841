package dev.pawl.acceptance.feature.parts.probe;

import dev.pawl.engine.port.Clock;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time in whole milliseconds. */
@Alternative
@Priority(1)
@ApplicationScoped
public class WholeMillis implements Clock {

    @Inject
    @Named("pawl-clock")
    Clock clock;

    @Override
    public Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
