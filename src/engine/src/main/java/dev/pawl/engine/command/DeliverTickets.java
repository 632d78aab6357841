package dev.pawl.engine.command;

/** Tells runs that they, or steps of theirs, have been let in. */
public record DeliverTickets(int max) implements Command<DeliverTickets.Delivered> {

    public record Delivered(int tickets) {}

    @Override
    public String type() {
        return "limit.deliver";
    }

    @Override
    public Class<Delivered> resultType() {
        return Delivered.class;
    }
}
