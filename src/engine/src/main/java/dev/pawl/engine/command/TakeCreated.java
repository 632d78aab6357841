package dev.pawl.engine.command;

import dev.pawl.engine.model.WorkerId;
import java.time.Duration;
import java.util.List;

/**
 * Claims runs that the same transaction has created, and leases their first steps to a worker with room for them. Answers the
 * steps; a run that may not begin yet, or finds no place, stays PENDING for others.
 */
public record TakeCreated(WorkerId worker, int max, Duration leaseFor) implements Command<TakeCreated.Taken> {

    public record Taken(List<Assignment> assignments) {
        public Taken {
            assignments = List.copyOf(assignments);
        }
    }

    @Override
    public String type() {
        return "work.takeCreated";
    }

    @Override
    public Class<Taken> resultType() {
        return Taken.class;
    }
}
