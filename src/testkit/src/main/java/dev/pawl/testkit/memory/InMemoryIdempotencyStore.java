package dev.pawl.testkit.memory;

import dev.pawl.engine.port.IdempotencyStore;
import dev.pawl.testkit.memory.Rows.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Keys in memory. */
final class InMemoryIdempotencyStore implements IdempotencyStore {

    private final Transactions transactions;
    private final Rows rows;
    private final Duration patience;

    InMemoryIdempotencyStore(Transactions transactions, Rows rows, Duration patience) {
        this.transactions = transactions;
        this.rows = rows;
        this.patience = patience;
    }

    @Override
    public Optional<Kept> reserve(Key key, String inputHash, Instant now) {
        if (!transactions.lock(key, patience)) {
            throw new KeyInProgressException(key);
        }
        Optional<Reservation> known = rows.keys.get(key);
        if (known.isPresent()) {
            String outcome = known.get().outcome();
            if (outcome == null) {
                throw new IllegalStateException("The transaction that reserved " + key + " kept no outcome");
            }
            return Optional.of(new Kept(known.get().inputHash(), outcome));
        }
        rows.keys.put(key, new Reservation(inputHash, null, now));
        return Optional.empty();
    }

    @Override
    public void keep(Key key, String outcome) {
        Reservation reserved = rows.keys
                .get(key)
                .orElseThrow(() -> new IllegalStateException("The key " + key + " was not reserved before"));
        rows.keys.put(key, new Reservation(reserved.inputHash(), outcome, reserved.at()));
    }
}
