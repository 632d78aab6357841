package dev.pawl.manifest.runtime.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.ManifestRuntime;
import dev.pawl.manifest.runtime.RuntimeOptions;
import dev.pawl.manifest.runtime.RuntimePorts;
import dev.pawl.manifest.runtime.memory.InMemoryEntities;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Runs recorded commands again, in their order, on a store of its own, with the recorded time, ids and flags and without
 * any effect, and lists where they end otherwise.
 */
public final class ReplayCommands {
    private final Deque<String> ids = new ArrayDeque<>();
    private final ManifestRuntime runtime;
    private Instant now = Instant.EPOCH;
    private JsonNode flags = JsonNodeFactory.instance.objectNode();
    private int made;

    /** A replay of the runtime's programs; nothing reaches the runtime's own store. */
    public ReplayCommands(ManifestRuntime programs, RuntimeOptions options) {
        RuntimePorts ports = RuntimePorts.on(new InMemoryEntities(), () -> now)
                .withIds(this::nextId)
                .withFlags(name -> flags.path(name).isMissingNode() ? BooleanNode.FALSE : flags.get(name));
        this.runtime = programs.on(ports, options.withDeterministic(true));
    }

    /** Puts an instance in place that was there before the first recorded command. */
    public void start(String entity, ObjectNode properties) {
        CommandResult stored = runtime.execute(CommandCall.storing(entity, properties));
        if (!stored.success()) {
            throw new IllegalArgumentException("an instance of '" + entity + "' cannot be put in place: "
                    + stored.error().orElse(""));
        }
    }

    /** The mismatches of all commands, in order; empty when everything ended as recorded. */
    public List<Mismatch> run(List<RecordedCommand> commands) {
        List<Mismatch> mismatches = new ArrayList<>();
        for (int index = 0; index < commands.size(); index++) {
            RecordedCommand recorded = commands.get(index);
            now = recorded.at();
            flags = recorded.flags();
            ids.clear();
            ids.addAll(recorded.ids());
            JsonNode actual = runtime.execute(recorded.call()).toJson();
            mismatches.addAll(new CompareResults(index).compare(recorded.result(), actual));
        }
        return mismatches;
    }

    private String nextId() {
        String recorded = ids.poll();
        return recorded == null ? "replayed-" + ++made : recorded;
    }
}
