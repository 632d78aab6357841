package dev.pawl.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.testkit.memory.InMemoryDatabase;
import dev.pawl.web.json.AssumeJson;
import dev.pawl.web.json.BodyWiring;
import dev.pawl.web.json.JsonBodies;
import dev.pawl.web.problem.ProblemMapper;
import dev.pawl.web.run.RunWiring;
import dev.pawl.web.workflow.WorkflowWiring;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.core.SynchronousDispatcher;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.jboss.resteasy.plugins.providers.RegisterBuiltin;
import org.jboss.resteasy.spi.Dispatcher;
import org.jboss.resteasy.spi.ResteasyProviderFactory;
import org.jspecify.annotations.Nullable;

/** The resources behind JAX-RS as the server has it, without a server. */
final class Endpoint {

    final FakeEngine engine = new FakeEngine();
    final InMemoryDatabase database = new InMemoryDatabase(() -> FakeEngine.NOW);
    private final Dispatcher dispatcher;

    Endpoint(long bodyLimit) {
        ResteasyProviderFactory providers = ResteasyProviderFactory.newInstance();
        dispatcher = new SynchronousDispatcher(providers);
        RegisterBuiltin.register(providers);
        providers.registerProvider(JsonBodies.class);
        providers.registerProvider(AssumeJson.class);
        providers.registerProvider(ProblemMapper.class);
        providers.registerProviderInstance(BodyWiring.limit(bodyLimit));
        dispatcher
                .getRegistry()
                .addSingletonResource(
                        WorkflowWiring.resource(new Definitions(List.of(Greeting.DEFINITION)), engine, engine, engine));
        dispatcher.getDefaultContextObjects().put(SecurityContext.class, new Nobody());
        dispatcher.getRegistry().addSingletonResource(RunWiring.resource(engine, engine));
        dispatcher.getRegistry().addSingletonResource(RunWiring.artifacts(engine, database, 4 * bodyLimit));
    }

    /** Nobody was authenticated. */
    private static final class Nobody implements SecurityContext {
        @Override
        public @Nullable Principal getUserPrincipal() {
            return null;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public @Nullable String getAuthenticationScheme() {
            return null;
        }
    }

    record Answer(int status, String mediaType, @Nullable String location, String text) {
        JsonNode json() {
            return JsonCodec.parse(text);
        }

        String code() {
            return json().path("code").asText();
        }
    }

    /** Sends these headers and answers everything there is. */
    MockHttpResponse exchange(String method, String path, String body, Map<String, String> headers) {
        try {
            MockHttpRequest request = MockHttpRequest.create(method, path);
            request.content(body.getBytes(StandardCharsets.UTF_8));
            headers.forEach(request::header);
            MockHttpResponse response = new MockHttpResponse();
            dispatcher.invoke(request, response);
            return response;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    Answer get(String path) {
        return send("GET", path, null, null, null);
    }

    Answer post(String path, @Nullable String body) {
        return send("POST", path, body, body == null ? null : "application/json", null);
    }

    Answer send(
            String method,
            String path,
            @Nullable String body,
            @Nullable String mediaType,
            @Nullable String idempotencyKey) {
        try {
            MockHttpRequest request = MockHttpRequest.create(method, path);
            request.content((body == null ? "" : body).getBytes(StandardCharsets.UTF_8));
            if (mediaType != null) {
                request.header("Content-Type", mediaType);
            }
            if (idempotencyKey != null) {
                request.header("Idempotency-Key", idempotencyKey);
            }
            MockHttpResponse response = new MockHttpResponse();
            dispatcher.invoke(request, response);
            Object location = response.getOutputHeaders().getFirst("Location");
            return new Answer(
                    response.getStatus(),
                    String.valueOf(response.getOutputHeaders().getFirst("Content-Type")),
                    location == null ? null : location.toString(),
                    new String(response.getOutput(), StandardCharsets.UTF_8));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
