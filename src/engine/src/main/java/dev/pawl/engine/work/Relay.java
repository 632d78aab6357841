package dev.pawl.engine.work;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.FlushOutbox;
import dev.pawl.engine.command.OutboxEntryKey;
import dev.pawl.engine.command.PeekOutbox;
import dev.pawl.engine.command.PostponeEntry;
import dev.pawl.engine.port.SinkUnavailableException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers recorded events in batches. When the sink refuses a batch, its entries are tried one by one, so that the bad
 * ones are put off, or given up in the end, and the others arrive. While the sink cannot be reached at all nothing is put
 * off: the entries wait as they are, however long it lasts.
 */
public final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int MOST_BATCHES = 50;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final CommandBus commands;
    private final int batch;
    private final int maxAttempts;
    private volatile long restsSince = System.nanoTime() - REST_NANOS;

    /**
     * @param batch entries per transaction
     * @param maxAttempts deliveries tried before an entry becomes a dead letter
     */
    public Relay(CommandBus commands, int batch, int maxAttempts) {
        this.commands = commands;
        this.batch = batch;
        this.maxAttempts = maxAttempts;
    }

    /** Relays what is due; answers how many entries were delivered. */
    public int relay() {
        if (System.nanoTime() - restsSince < REST_NANOS) {
            return 0;
        }
        int delivered = 0;
        boolean more = true;
        for (int i = 0; more && i < MOST_BATCHES; i++) {
            FlushOutbox.Flushed flushed;
            try {
                flushed = commands.execute(Envelope.internal(new FlushOutbox(batch)))
                        .orThrow();
            } catch (SinkUnavailableException e) {
                rest(e);
                return delivered;
            } catch (RuntimeException e) {
                LOG.warn("A batch of events could not be delivered; its entries are tried one by one", e);
                return delivered + relayOneByOne();
            }
            delivered += flushed.delivered();
            more = flushed.more();
        }
        return delivered;
    }

    private int relayOneByOne() {
        int delivered = 0;
        PeekOutbox.Due due =
                commands.execute(Envelope.internal(new PeekOutbox(batch))).orThrow();
        for (OutboxEntryKey entry : due.entries()) {
            try {
                delivered += relayOne(entry);
            } catch (SinkUnavailableException e) {
                rest(e);
                return delivered;
            }
        }
        return delivered;
    }

    /** Events go on being recorded and bells being rung, and each would ask for what is not there. */
    private void rest(SinkUnavailableException e) {
        restsSince = System.nanoTime();
        LOG.warn("Events wait in the outbox, because their sink cannot be reached: {}", e.getMessage());
        LOG.debug("The sink cannot be reached", e);
    }

    private int relayOne(OutboxEntryKey entry) {
        try {
            return commands.execute(Envelope.internal(new FlushOutbox(batch, Optional.of(entry))))
                    .orThrow()
                    .delivered();
        } catch (SinkUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            String reason = String.valueOf(e.getMessage());
            PostponeEntry.Answer answer = commands.execute(
                            Envelope.internal(new PostponeEntry(entry, reason, maxAttempts)))
                    .orThrow()
                    .answer();
            LOG.warn(
                    "Events of run {} from sequence {} on could not be delivered ({}): {}",
                    entry.run(),
                    entry.firstSequence(),
                    answer,
                    reason);
            return 0;
        }
    }
}
