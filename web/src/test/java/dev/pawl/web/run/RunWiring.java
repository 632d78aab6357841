package dev.pawl.web.run;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.work.ArtifactStore;
import dev.pawl.testkit.memory.InMemoryDatabase;
import dev.pawl.web.SendCommand;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Does for tests what the container does by injection. */
public final class RunWiring {

    private RunWiring() {}

    /** The artifacts of a database, for whoever sees the runs of {@code queries}. */
    public static ArtifactResource artifacts(RunQueries queries, InMemoryDatabase database, long largest) {
        AtomicInteger ids = new AtomicInteger();
        ArtifactResource resource = new ArtifactResource();
        resource.runs = new ReadRuns(queries);
        resource.artifacts = new ArtifactStore(
                database.blobs(),
                database.artifacts(),
                () -> Instant.EPOCH,
                () -> "id-" + ids.incrementAndGet(),
                largest);
        return resource;
    }

    public static RunResource resource(CommandBus bus, RunQueries queries) {
        RunResource resource = new RunResource();
        resource.commands = new SendCommand(bus);
        resource.runs = new ReadRuns(queries);
        return resource;
    }
}
