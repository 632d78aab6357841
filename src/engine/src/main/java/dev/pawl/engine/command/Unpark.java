package dev.pawl.engine.command;

/** Tries runs of durable code once more that could not go on as they were deployed: other code may be there now. */
public record Unpark(int max) implements Command<Unpark.Unparked> {

    public record Unparked(int runs) {}

    @Override
    public String type() {
        return "code.unpark";
    }

    @Override
    public Class<Unparked> resultType() {
        return Unparked.class;
    }
}
