package dev.pawl.engine.command;

import dev.pawl.engine.model.WorkerId;
import java.time.Duration;
import java.util.List;

/**
 * Leases due steps to a worker, and claims pending runs for it while it has room for more.
 *
 * @param claims whether pending runs are wanted too
 */
public record TakeWork(WorkerId worker, int max, Duration leaseFor, boolean claims) implements Command<TakeWork.Taken> {

    public TakeWork(WorkerId worker, int max, Duration leaseFor) {
        this(worker, max, leaseFor, true);
    }

    /** @param more whether there may be more to take */
    public record Taken(List<Assignment> assignments, boolean more) {}

    @Override
    public String type() {
        return "work.take";
    }

    @Override
    public Class<Taken> resultType() {
        return Taken.class;
    }
}
