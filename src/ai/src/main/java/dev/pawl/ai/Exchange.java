package dev.pawl.ai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.engine.ai.AiProviderException;
import dev.pawl.engine.ai.AiProviderException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question over HTTP and its answer. Hiccups of the provider are waited out, as long as the time of the call lasts;
 * everything else that is no success becomes an {@link AiProviderException}.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 20_000;
    private static final int LONGEST_COMPLAINT = 1_000;
    private static final int OVERLOADED = 529;
    private static final Set<Integer> HICCUPS = Set.of(408, 409, 425, 429, 500, 502, 503, 504, OVERLOADED);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    /**
     * How long and how often to ask.
     *
     * @param timeout for all tries together, and for reading the answer
     * @param repeatsLost whether a question may be asked again when its answer was lost on the way; otherwise only when
     *     it was surely not acted on
     */
    record Patience(Duration timeout, int retries, boolean repeatsLost) {}

    /** The body of a successful answer. It ends with a {@link HttpTimeoutException} when the time is up. */
    InputStream open(HttpRequest.Builder question, Patience patience) {
        long deadline = System.nanoTime() + patience.timeout().toNanos();
        HttpRequest request = question.build();
        for (int retriesLeft = patience.retries(); ; retriesLeft--) {
            AiProviderException failure;
            long pause = pause(patience.retries() - retriesLeft);
            boolean again = true;
            try {
                HttpResponse<InputStream> response = send(request, deadline);
                if (response.statusCode() / 100 == 2) {
                    return response.body();
                }
                failure = complaint(request, response);
                again = HICCUPS.contains(response.statusCode());
                pause = Math.max(pause, wantedPause(response).orElse(0L));
            } catch (ConnectException | HttpConnectTimeoutException e) {
                failure = new AiProviderException(Kind.UNAVAILABLE, request.uri() + " cannot be reached: " + e, e);
            } catch (HttpTimeoutException e) {
                throw timedOut(request, e);
            } catch (IOException e) {
                failure = new AiProviderException(
                        Kind.UNAVAILABLE, "the answer of " + request.uri() + " was lost: " + e, e);
                again = patience.repeatsLost();
            }
            if (!again || retriesLeft <= 0 || deadline - System.nanoTime() < TimeUnit.MILLISECONDS.toNanos(pause)) {
                throw failure;
            }
            LOG.info("Asking {} again in {} ms: {}", request.uri(), pause, failure.getMessage());
            rest(pause);
        }
    }

    /** The whole text of a successful answer. */
    String read(HttpRequest.Builder question, Patience patience) {
        try (InputStream body = open(question, patience)) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** What became of a body that ends before its end. */
    static AiProviderException lost(Throwable e) {
        if (Thread.currentThread().isInterrupted()) {
            return interrupted(e);
        }
        return e instanceof HttpTimeoutException
                ? new AiProviderException(Kind.TIMEOUT, "the answer took too long", e)
                : new AiProviderException(Kind.UNAVAILABLE, "the answer broke off: " + e, e);
    }

    private HttpResponse<InputStream> send(HttpRequest request, long deadline) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> answer =
                client.sendAsync(request, info -> new TimedBody(deadline));
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer came in time");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private static AiProviderException complaint(HttpRequest request, HttpResponse<InputStream> response)
            throws IOException {
        String body;
        try (InputStream stream = response.body()) {
            body = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        String message = request.uri() + " answered " + response.statusCode() + ": " + words(body);
        return new AiProviderException(kind(response.statusCode()), message);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 403 -> Kind.UNAUTHORIZED;
            case 404 -> Kind.NOT_FOUND;
            case 408 -> Kind.TIMEOUT;
            case 429 -> Kind.RATE_LIMITED;
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.REJECTED;
        };
    }

    /** What the provider complains of, out of the JSON around it where there is some. */
    private static String words(String body) {
        String words = body;
        try {
            words = JSON.readTree(body).at("/error/message").asText(body);
        } catch (JsonProcessingException e) {
            LOG.debug("A complaint that is no JSON", e);
        }
        return words.length() > LONGEST_COMPLAINT ? words.substring(0, LONGEST_COMPLAINT) + "…" : words;
    }

    private static Optional<Long> wantedPause(HttpResponse<?> response) {
        return response.headers()
                .firstValue("retry-after")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(seconds -> TimeUnit.SECONDS.toMillis(Long.parseLong(seconds)));
    }

    private static long pause(int retriesDone) {
        long most = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(retriesDone, 10));
        return ThreadLocalRandom.current().nextLong(most / 2, most + 1);
    }

    private static void rest(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    private static AiProviderException timedOut(HttpRequest request, Throwable cause) {
        return new AiProviderException(Kind.TIMEOUT, request.uri() + " did not answer in time", cause);
    }

    private static AiProviderException interrupted(Throwable cause) {
        return new AiProviderException(Kind.INTERRUPTED, "the calling thread was interrupted", cause);
    }
}
