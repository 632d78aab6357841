package dev.pawl.engine.work.limit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a call has passed, to be left again in the opposite order once it has ended. Leaving never fails: what cannot be
 * given back runs out.
 */
public final class OpenGate {

    private static final Logger LOG = LoggerFactory.getLogger(OpenGate.class);

    /** How a call ended. */
    public sealed interface End {
        record Succeeded(String json) implements End {}

        record Failed(Throwable thrown) implements End {}

        /** It was not made, or stopped through no fault of its own. */
        record Left() implements End {}
    }

    private final Deque<Consumer<End>> leaving = new ArrayDeque<>();
    private End end = new End.Left();

    void passed(Consumer<End> leave) {
        leaving.push(leave);
    }

    /** The call came to this, unless it is said otherwise later. */
    public void succeeded(String json) {
        end = new End.Succeeded(json);
    }

    public void failed(Throwable thrown) {
        end = new End.Failed(thrown);
    }

    public void left() {
        end = new End.Left();
    }

    /** Leaves all that was passed. */
    public void leave() {
        List<Consumer<End>> all = new ArrayList<>(leaving);
        leaving.clear();
        @Nullable RuntimeException first = null;
        for (Consumer<End> one : all) {
            try {
                one.accept(end);
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            LOG.warn("A place under a limit could not be given back and runs out", first);
        }
    }
}
