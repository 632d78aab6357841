package dev.pawl.ai;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.pawl.engine.ai.AiProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;

/**
 * The way of LangChain4j's models to the provider: everything happens on the calling thread, streams included, so that
 * an author's code runs where it was called and an interrupt reaches it.
 */
final class Connection implements HttpClient, HttpClientBuilder {

    private final Exchange exchange;
    private final Exchange.Patience patience;

    Connection(Exchange exchange, Exchange.Patience patience) {
        this.exchange = exchange;
        this.patience = patience;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        String body = exchange.read(question(request), patience);
        return SuccessfulHttpResponse.builder()
                .statusCode(200)
                .headers(Map.of())
                .body(body)
                .build();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try (InputStream events = exchange.open(question(request), patience)) {
            listener.onOpen(SuccessfulHttpResponse.builder()
                    .statusCode(200)
                    .headers(Map.of())
                    .build());
            parser.parse(events, listener);
            listener.onClose();
        } catch (AiProviderException | IOException e) {
            listener.onError(e);
        }
    }

    private static java.net.http.HttpRequest.Builder question(HttpRequest request) {
        if (!request.formDataFields().isEmpty() || !request.formDataFiles().isEmpty()) {
            throw new UnsupportedOperationException("Forms are not sent this way: " + request.url());
        }
        String body = request.body();
        java.net.http.HttpRequest.Builder question = to(request.url())
                .method(
                        request.method().name(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        request.headers().forEach((name, values) -> values.forEach(value -> question.header(name, value)));
        return question;
    }

    /** Many servers of one's own stumble over the offer to go on with HTTP/2 that comes with plain HTTP. */
    static java.net.http.HttpRequest.Builder to(String url) {
        java.net.http.HttpRequest.Builder question = java.net.http.HttpRequest.newBuilder(URI.create(url));
        return url.startsWith("http:") ? question.version(java.net.http.HttpClient.Version.HTTP_1_1) : question;
    }

    @Override
    public HttpClient build() {
        return this;
    }

    @Override
    public Duration connectTimeout() {
        return patience.timeout();
    }

    /** What LangChain4j makes of the model's settings says nothing new. */
    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return patience.timeout();
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }
}
