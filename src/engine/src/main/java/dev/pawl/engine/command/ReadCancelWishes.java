package dev.pawl.engine.command;

import dev.pawl.engine.model.RunId;
import java.util.Set;

/** Which of these runs of durable code are to be cancelled once they have compensated. */
public record ReadCancelWishes(Set<RunId> among) implements Command<ReadCancelWishes.Wishes> {

    public record Wishes(Set<RunId> runs) {}

    @Override
    public String type() {
        return "code.cancelWishes";
    }

    @Override
    public Class<Wishes> resultType() {
        return Wishes.class;
    }
}
