package dev.pawl.ai.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Speaks OpenAI's protocol under {@link #openAiUrl()} and Anthropic's under {@link #anthropicUrl()}. What it answers is
 * said by {@link #script()}.
 */
public final class ProviderServer implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    /** The key that every request must carry. */
    public static final String KEY = "test-key";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "provider-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Script script = new Script();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What came in. */
    public record Request(String method, String path, Map<String, List<String>> headers, String body) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Answers a request whose body has been read. */
    interface Endpoint {
        Reply answer(Request request);
    }

    private ProviderServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        OpenAiBatchEndpoint batches = new OpenAiBatchEndpoint(script);
        on("/v1/chat/completions", new OpenAiChatEndpoint(script));
        on("/v1/embeddings", new OpenAiEmbeddingEndpoint(script));
        on("/v1/files", batches);
        on("/v1/batches", batches);
        on("/anthropic/messages", new AnthropicEndpoint(script));
    }

    public static ProviderServer start() {
        try {
            ProviderServer provider = new ProviderServer();
            provider.server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String openAiUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    public String anthropicUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/anthropic";
    }

    public Script script() {
        return script;
    }

    /** Everything asked of this path so far. */
    public List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    private void on(String path, Endpoint endpoint) {
        HttpHandler handler = exchange -> {
            try (exchange) {
                Request request = read(exchange);
                requests.add(request);
                (isAuthorized(request) ? endpoint.answer(request) : Reply.error(401, "Incorrect API key provided"))
                        .writeTo(exchange);
            }
        };
        server.createContext(path, handler);
    }

    private static Request read(HttpExchange exchange) throws IOException {
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static boolean isAuthorized(Request request) {
        return request.headers().getOrDefault("Authorization", List.of()).contains("Bearer " + KEY)
                || request.headers().getOrDefault("X-api-key", List.of()).contains(KEY);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
