package dev.pawl.engine.command;

/** Deletes blobs that committed transactions left without a reference. */
public record SweepBlobs(int max) implements Command<SweepBlobs.Swept> {

    public record Swept(int blobs) {}

    @Override
    public String type() {
        return "blob.sweep";
    }

    @Override
    public Class<Swept> resultType() {
        return Swept.class;
    }
}
