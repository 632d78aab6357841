package dev.pawl.web.stream;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.live.EventFilter;
import dev.pawl.engine.live.FeedCursor;
import dev.pawl.engine.live.LiveStream;
import dev.pawl.engine.live.OpenStreams;
import dev.pawl.engine.live.RunPlace;
import dev.pawl.engine.model.RunId;
import dev.pawl.web.problem.HttpFault;
import dev.pawl.web.problem.RequestException;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns suspended requests into streams. */
@ApplicationScoped
public class ServeStreams {

    @Resource(lookup = "concurrent/pawl-streams")
    private ManagedExecutorService executor;

    @Inject
    private OpenStreams streams;

    /** A request that JAX-RS has suspended, and the way to answer it without a stream. */
    public record Suspended(HttpServletRequest request, AsyncResponse answer) {}

    /** @param from the header {@code Last-Event-ID} */
    public void ofRun(Caller caller, RunId run, @Nullable String from, boolean lines, Suspended suspended) {
        RunPlace place = from == null ? RunPlace.BEGINNING : place(from, RunPlace::parse);
        StreamWriter writer = writer(suspended);
        Optional<LiveStream> stream = opened(() -> streams.ofRun(caller.tenant(), run, place, lines, writer::ring));
        if (stream.isPresent()) {
            begin(writer, stream.get());
        } else {
            // tells a client of server-sent events not to come back
            suspended.answer().resume(Response.noContent().build());
        }
    }

    /** @param from the header {@code Last-Event-ID} */
    public void ofAll(EventFilter filter, @Nullable String from, Suspended suspended) {
        FeedCursor cursor = from == null ? FeedCursor.ofEnd() : place(from, FeedCursor::parse);
        StreamWriter writer = writer(suspended);
        begin(writer, opened(() -> streams.ofTenant(filter, cursor, writer::ring)));
    }

    @PreDestroy
    void goDown() {
        streams.goDown();
    }

    private StreamWriter writer(Suspended suspended) {
        return new StreamWriter(new OpenConnection(suspended.request()), executor, streams::close);
    }

    private void begin(StreamWriter writer, LiveStream stream) {
        try {
            writer.begin(stream);
        } catch (IOException e) {
            streams.close(stream);
            throw new UncheckedIOException("The connection broke before its stream began", e);
        }
    }

    private static <T> T opened(Supplier<T> opening) {
        try {
            return opening.get();
        } catch (OpenStreams.TooManyException e) {
            throw new RequestException(HttpFault.TOO_MANY_STREAMS, String.valueOf(e.getMessage()));
        }
    }

    private static <T> T place(String from, Function<String, T> parse) {
        try {
            return parse.apply(from);
        } catch (IllegalArgumentException e) {
            String message = "the id of a message of this stream is expected";
            throw new RequestException(
                    HttpFault.INVALID_PARAMETER,
                    "Header 'Last-Event-ID': " + message,
                    List.of(new FieldError("/Last-Event-ID", message)));
        }
    }
}
