package dev.pawl.engine.command;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.limit.Limits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether a step may go on under a limit; when it may not, it has a place in its lane from then on. Asked once more,
 * the same holder is answered as things have become.
 *
 * @param holder unique name of what asks
 * @param step whose run is to be told when there is room
 * @param maxWait absent: it waits for as long as it takes
 * @param owner the worker, which extends its leases
 */
public record AcquirePermit(
        String holder,
        RunId run,
        String step,
        String scope,
        String lane,
        Limits limits,
        int priority,
        @Nullable Duration maxWait,
        String owner,
        Duration leaseFor)
        implements Command<AcquirePermit.Answer> {

    /** How it may go on. */
    public enum Verdict {
        /** It may go on, and is to give its place back. */
        GO,
        /** It may go on, and has nothing to give back. */
        GO_FREELY,
        WAIT,
        /** Too many wait already. */
        FULL,
        /** It has waited long enough. */
        TIMEOUT
    }

    /** @param until of a wait: when to ask again, if there is a time */
    public record Answer(Verdict verdict, @Nullable Instant until) {}

    @Override
    public String type() {
        return "permit.acquire";
    }

    @Override
    public Class<Answer> resultType() {
        return Answer.class;
    }
}
