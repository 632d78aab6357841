package dev.pawl.acceptance.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.LibertyServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives every class of this package the same server, which is stopped after the last of them. */
final class SharedServer implements ParameterResolver {

    static final String WORKFLOW = "document-processor";
    static final String TEXT =
            "Four score and seven years ago our fathers brought forth on this continent a new nation, "
                    + "conceived in liberty. Now we are engaged in a great civil war.";

    /** Set low, so that one message beyond it is quickly made. */
    static final int LONGEST_COMMAND = 300_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Running(LibertyServer server) implements AutoCloseable {
        static Running start() {
            return new Running(LibertyServer.in(Path.of("target/acceptance/contract"))
                    .variable("pawl.jms.max-body-bytes", Integer.toString(LONGEST_COMMAND))
                    .variable("pawl.broker.delivery.attempts", "3")
                    .variable("pawl.broker.redelivery.millis", "10")
                    .build()
                    .start());
        }

        @Override
        public void close() {
            server.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LibertyServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedServer.class))
                .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class)
                .server();
    }

    /** A request body that starts a run of the sample. */
    static Map<String, Object> start() {
        return Map.of("input", Map.of("text", TEXT));
    }

    /** How many runs there are that carry this correlation id. */
    static int runsWith(HttpApi http, String correlationId) {
        return http.get("/api/runs?correlationId=" + correlationId)
                .json()
                .path("items")
                .size();
    }

    static JsonNode awaitCompleted(HttpApi http, String run) {
        JsonNode[] last = new JsonNode[1];
        Await.until("run " + run + " to be completed", PATIENCE, () -> {
            last[0] = http.get("/api/runs/" + run).json();
            return last[0].path("status").asText().equals("COMPLETED");
        });
        return last[0];
    }
}
