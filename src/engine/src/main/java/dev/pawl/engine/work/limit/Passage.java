package dev.pawl.engine.work.limit;

import dev.pawl.engine.model.Failure;
import java.time.Instant;

/** How a step's policies let it go on. */
public sealed interface Passage {

    /** Its code is called. */
    record Open(OpenGate gate) implements Passage {}

    /** It has come to this before. */
    record Answered(String json) implements Passage {}

    /**
     * Not now; the attempt does not count.
     *
     * @param until when to ask again, if nobody tells it to before
     */
    record Postponed(Instant until, Failure why) implements Passage {}

    /** Not at all. */
    record Refused(Failure why) implements Passage {}
}
