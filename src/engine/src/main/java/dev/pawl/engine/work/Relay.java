package dev.pawl.engine.work;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.FlushOutbox;
import dev.pawl.engine.command.PeekOutbox;
import dev.pawl.engine.command.PostponeEntry;
import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.port.SinkUnavailableException;
import dev.pawl.engine.port.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers recorded events in batches. A batch that the sink refuses is halved, and its halves again, until the bad entry
 * stands alone: so it is put off, or given up in the end, at the price of a few transactions, and the others arrive. From
 * then on it is tried apart from them. While the sink cannot be reached at all nothing is put off: the entries wait as they
 * are, however long it lasts.
 */
public final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int MOST_BATCHES = 50;
    private static final int MOST_ROUNDS = 10;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final CommandBus commands;
    private final int batch;
    private final int maxAttempts;
    private final Outage outage = new Outage("The sink of events", System::nanoTime);
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
        Round round = new Round();
        try {
            for (int i = 0; round.released && i < MOST_ROUNDS; i++) {
                round.deliver(OutboxLane.FRESH);
                round.released = false;
                round.deliver(OutboxLane.LATE);
            }
        } catch (SinkUnavailableException e) {
            rest(e);
        } catch (StoreUnavailableException e) {
            LOG.debug("Events are relayed when the database is back", e);
        }
        return round.delivered;
    }

    /** Events go on being recorded and bells being rung, and each would ask for what is not there. */
    private void rest(SinkUnavailableException e) {
        restsSince = System.nanoTime();
        outage.noticed(e);
    }

    /** One turn of the relay, which counts what it delivers. */
    private final class Round {

        private int delivered;

        /** What waited behind a late entry is fresh once that has arrived, or is given up. */
        private boolean released = true;

        private void deliver(OutboxLane lane) {
            boolean more = true;
            for (int i = 0; more && i < MOST_BATCHES; i++) {
                List<EntryName> due = commands.execute(Envelope.internal(new PeekOutbox(lane, batch)))
                        .orThrow()
                        .entries();
                more = !due.isEmpty() && deliver(lane, due) && due.size() == batch;
            }
        }

        /**
         * These entries together could not be delivered. Answers whether they were dealt with; once another relay has a
         * hand in it, the rest is left to that one, since an entry must not be tried before the one in front of it.
         */
        private boolean isolate(OutboxLane lane, List<EntryName> entries, RuntimeException failure) {
            if (entries.size() == 1) {
                return putOff(entries.get(0), failure);
            }
            LOG.info(
                    "{} entries could not be delivered together; the bad ones are looked for", entries.size(), failure);
            int half = entries.size() / 2;
            return deliver(lane, entries.subList(0, half)) && deliver(lane, entries.subList(half, entries.size()));
        }

        /** Answers whether it came to anything; it does not while another one relays. */
        private boolean deliver(OutboxLane lane, List<EntryName> entries) {
            FlushOutbox command = new FlushOutbox(batch, lane, entries);
            try {
                FlushOutbox.Flushed flushed =
                        commands.execute(Envelope.internal(command)).orThrow();
                delivered += flushed.delivered();
                if (flushed.delivered() > 0) {
                    outage.worked();
                }
                released |= flushed.delivered() > 0;
                return flushed.more();
            } catch (SinkUnavailableException | StoreUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                return isolate(lane, entries, e);
            }
        }

        private boolean putOff(EntryName entry, RuntimeException failure) {
            String reason = Reason.of(failure);
            PostponeEntry.Postponed postponed = commands.execute(
                            Envelope.internal(new PostponeEntry(entry, reason, maxAttempts)))
                    .orThrow();
            released |= postponed.answer() == PostponeEntry.Answer.DEAD;
            postponed
                    .entry()
                    .ifPresentOrElse(
                            key -> LOG.warn(
                                    "Events of run {} from sequence {} on could not be delivered ({} after {} attempts): {}",
                                    key.run(),
                                    key.firstSequence(),
                                    postponed.answer(),
                                    entry.attempts() + 1,
                                    reason),
                            () -> LOG.debug("{} could not be delivered and is gone: {}", entry, reason));
            return postponed.answer() != PostponeEntry.Answer.GONE;
        }
    }
}
