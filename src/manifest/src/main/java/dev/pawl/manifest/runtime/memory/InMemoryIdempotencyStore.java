package dev.pawl.manifest.runtime.memory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.manifest.runtime.port.IdempotencyStore;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claims and outcomes. The units of work are serial, so a key in progress can only be the caller's own. */
final class InMemoryIdempotencyStore implements IdempotencyStore {
    private final Map<Key, Entry> entries = new HashMap<>();
    private final UndoLog undo;

    InMemoryIdempotencyStore(UndoLog undo) {
        this.undo = undo;
    }

    @Override
    public Claim claim(Key key, String inputHash) {
        Entry known = entries.get(key);
        if (known == null) {
            entries.put(key, new Entry(inputHash, null));
            undo.add(() -> entries.remove(key));
            return new Fresh();
        }
        if (!known.inputHash.equals(inputHash)) {
            return new Reused();
        }
        return known.outcome == null ? new InProgress() : new Decided(known.outcome);
    }

    @Override
    public void record(Key key, JsonNode outcome) {
        Entry claimed = entries.get(key);
        if (claimed == null) {
            throw new IllegalStateException("the key " + key + " was never claimed; claim it before its outcome");
        }
        entries.put(key, new Entry(claimed.inputHash, outcome));
        undo.add(() -> entries.put(key, claimed));
    }

    private record Entry(String inputHash, @Nullable JsonNode outcome) {}
}
