package dev.pawl.manifest.runtime.port;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The commands that were already decided. A key is claimed before the command runs and its outcome is recorded in the
 * same transaction, refusals included; a transaction that fails takes the claim with it. A claim of a key that another
 * transaction holds waits for that transaction, up to a limit of the adapter.
 */
public interface IdempotencyStore {
    Claim claim(Key key, String inputHash);

    void record(Key key, JsonNode outcome);

    /** The scope of a key: the same key of another tenant or for another command is another key. */
    record Key(String tenant, String commandType, String key) {}

    /** What is known of a key. */
    sealed interface Claim permits Fresh, Decided, Reused, InProgress {}

    /** Nobody used the key; it is the caller's now. */
    record Fresh() implements Claim {}

    /** The command ran with this input and had this outcome. */
    record Decided(JsonNode outcome) implements Claim {}

    /** The key belongs to a command with another input. */
    record Reused() implements Claim {}

    /** Another transaction holds the key and did not end in time. */
    record InProgress() implements Claim {}
}
