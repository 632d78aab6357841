package dev.pawl.engine.command;

import dev.pawl.engine.model.WorkerId;
import java.time.Duration;
import java.util.List;

/** Leases due steps to a worker, and claims pending runs for it while it has room for more. */
public record TakeWork(WorkerId worker, int max, Duration leaseFor) implements Command<TakeWork.Taken> {

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
