package dev.pawl.web.workflow;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.query.RunProjection;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunWatch;
import dev.pawl.engine.query.TypeSchemas;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Does for tests what the container does by injection. */
public final class WorkflowWiring {

    private WorkflowWiring() {}

    public static WorkflowResource resource(
            Definitions definitions, CommandBus bus, RunQueries queries, RunWatch watch) {
        WorkflowResource resource = new WorkflowResource();
        resource.definitions = definitions;
        resource.schemas = new TypeSchemas();
        resource.runs = new StartRuns(bus, queries, new RunProjection(() -> Instant.EPOCH, new Unread()), watch);
        return resource;
    }

    /** Whoever answers from what is known reads no blob. */
    private static final class Unread implements BlobStore {
        @Override
        public void put(String key, String text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> get(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean has(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean delete(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> list(String prefix) {
            throw new UnsupportedOperationException();
        }
    }
}
