package dev.pawl.engine.command;

import java.util.List;

/** Which limits have something to be seen to, and whether somebody who was let in has not been told. */
public record SeeToLimits(int max) implements Command<SeeToLimits.Seen> {

    public record Seen(List<String> scopes, boolean granted) {}

    @Override
    public String type() {
        return "limit.see";
    }

    @Override
    public Class<Seen> resultType() {
        return Seen.class;
    }
}
