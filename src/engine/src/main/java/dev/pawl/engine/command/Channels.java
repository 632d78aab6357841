package dev.pawl.engine.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Awaited;
import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.Checkpoint;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The channels that an entry of a journal has to do with. */
public final class Channels {

    private Channels() {}

    /** Of a wait those it listens to; of an emitted event the one it goes to. */
    static Set<Channel> of(Checkpoint entry, String tenant) {
        return switch (entry.kind()) {
            case WAIT ->
                awaited(entry).waits().stream()
                        .map(one -> new Channel(tenant, one.event(), one.correlation()))
                        .collect(Collectors.toSet());
            case EMIT -> Set.of(emitted(entry, tenant));
            default -> Set.of();
        };
    }

    public static Awaited awaited(Checkpoint wait) {
        return JsonCodec.read(Objects.requireNonNull(wait.detail()), Awaited.class);
    }

    public static Channel emitted(Checkpoint emit, String tenant) {
        JsonNode detail = JsonCodec.parse(Objects.requireNonNull(emit.detail()));
        return new Channel(
                tenant,
                detail.path("event").asText(),
                detail.path("correlation").asText());
    }
}
