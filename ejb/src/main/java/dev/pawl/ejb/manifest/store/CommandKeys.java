package dev.pawl.ejb.manifest.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.port.Clock;
import dev.pawl.manifest.runtime.port.IdempotencyStore;

/** Keys of entity commands among the engine's keys, apart from those of its own commands. */
final class CommandKeys implements IdempotencyStore {

    private static final String KIND = "entity:";

    private final dev.pawl.engine.port.IdempotencyStore keys;
    private final Clock clock;

    CommandKeys(dev.pawl.engine.port.IdempotencyStore keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Claim claim(Key key, String inputHash) {
        try {
            return keys.reserve(engineKey(key), inputHash, clock.now())
                    .map(kept -> of(kept, inputHash))
                    .orElseGet(Fresh::new);
        } catch (dev.pawl.engine.port.IdempotencyStore.KeyInProgressException e) {
            return new InProgress();
        }
    }

    private static Claim of(dev.pawl.engine.port.IdempotencyStore.Kept kept, String inputHash) {
        return kept.inputHash().equals(inputHash) ? new Decided(JsonCodec.parse(kept.outcome())) : new Reused();
    }

    @Override
    public void record(Key key, JsonNode outcome) {
        keys.keep(engineKey(key), outcome.toString());
    }

    private static dev.pawl.engine.port.IdempotencyStore.Key engineKey(Key key) {
        return new dev.pawl.engine.port.IdempotencyStore.Key(key.tenant(), KIND + key.commandType(), key.key());
    }
}
