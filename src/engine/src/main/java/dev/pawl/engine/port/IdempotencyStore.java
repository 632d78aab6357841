package dev.pawl.engine.port;

import java.time.Instant;
import java.util.Optional;

/**
 * Outcomes of commands by tenant, command type and key. The key is a unique row of the command's own transaction, so that
 * a concurrent duplicate waits for that transaction and then finds its outcome.
 */
public interface IdempotencyStore {

    record Key(String tenant, String commandType, String key) {}

    /**
     * What is kept of the first command.
     *
     * @param inputHash of the command as it was sent
     * @param outcome JSON
     */
    record Kept(String inputHash, String outcome) {}

    /**
     * Reserves the key for this transaction, or answers what the first command under it came to.
     *
     * @throws KeyInProgressException when a concurrent transaction has held the key for longer than the store waits
     */
    Optional<Kept> reserve(Key key, String inputHash, Instant now);

    /** Keeps the outcome of the command that reserved the key in this transaction. */
    void keep(Key key, String outcome);

    /** A duplicate came while the first command had not ended. */
    final class KeyInProgressException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public KeyInProgressException(Key key) {
            super("A command of type " + key.commandType() + " with the key '" + key.key() + "' is still in progress");
        }
    }
}
