package dev.pawl.engine.command;

/** Lets in whom a limit has room for, lane by lane in turn. */
public record GrantTickets(String scope, int max) implements Command<GrantTickets.Granted> {

    /** @param more whether there may be more to do at once */
    public record Granted(int tickets, boolean more) {}

    @Override
    public String type() {
        return "limit.grant";
    }

    @Override
    public Class<Granted> resultType() {
        return Granted.class;
    }
}
