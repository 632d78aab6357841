package dev.pawl.engine.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.Wait;
import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.RunId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends data to a run, which takes it where it waits for the signal, or keeps it until it does. */
public record SignalRun(RunId runId, String name, @Nullable JsonNode data) implements Command<SignalRun.Signalled> {

    public record Signalled(RunId runId, String name) {}

    /** The name under which the signal travels. */
    public String event() {
        return Wait.SIGNAL + name;
    }

    @Override
    public String type() {
        return "run.signal";
    }

    @Override
    public Class<Signalled> resultType() {
        return Signalled.class;
    }

    @Override
    public Set<Channel> publications(String tenant) {
        return Set.of(new Channel(tenant, event(), runId.value()));
    }

    @Override
    public Set<RunId> runs() {
        return Set.of(runId);
    }
}
