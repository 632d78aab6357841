package dev.pawl.engine.work;

import dev.pawl.api.NonRetryableException;
import dev.pawl.api.RunEventInfo;
import dev.pawl.api.RunListener;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.ServeListener;
import dev.pawl.engine.command.ServeListener.Ended;
import dev.pawl.engine.command.ServeListener.Failure;
import dev.pawl.engine.command.ServeListener.Served;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Delivery;
import dev.pawl.engine.model.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls one listener. Each round hands in the calls that ended and takes as many events as there are places free, in one
 * transaction; the calls are made outside of it, or, for a transactional listener, each in a transaction that also records
 * that the event was heard. Listeners have a desk each, so that one that is slow or fails keeps no other waiting.
 */
final class ListenerDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerDesk.class);

    private final RunListener listener;
    private final String id;
    private final int maxAttempts;
    private final CommandBus commands;
    private final Executor executor;
    private final String owner;
    private final ListenerSettings settings;
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger knocks = new AtomicInteger();
    private volatile boolean closed;

    ListenerDesk(
            RunListener listener, CommandBus commands, Executor executor, String owner, ListenerSettings settings) {
        this.listener = listener;
        this.id = listener.id();
        this.maxAttempts = listener.maxRetries();
        this.commands = commands;
        this.executor = executor;
        this.owner = owner;
        this.settings = settings;
    }

    /** There may be something to hear. Returns at once; one thread serves the desk at a time. */
    void knock() {
        if (knocks.getAndIncrement() == 0) {
            try {
                executor.execute(this::serve);
            } catch (RejectedExecutionException e) {
                // a server that goes down takes no new task, but the calls that ended are to be reported
                LOG.debug("There is no thread for listener {}; its desk is served here", id, e);
                serve();
            }
        }
    }

    /** Takes nothing more; calls that go on may end and are still reported. */
    void close() {
        closed = true;
    }

    boolean isCalling() {
        return calls.get() > 0 || !ended.isEmpty();
    }

    private void serve() {
        boolean served = false;
        try {
            int answered;
            do {
                answered = knocks.get();
                round();
            } while (!knocks.compareAndSet(answered, 0));
            served = true;
        } finally {
            if (!served) {
                // or nobody would ever answer a knock again
                knocks.set(0);
            }
        }
    }

    private void round() {
        List<Ended> report = new ArrayList<>();
        for (Ended one = ended.poll(); one != null; one = ended.poll()) {
            report.add(one);
        }
        int free = closed ? 0 : settings.places() - calls.get();
        if (report.isEmpty() && free == 0) {
            return;
        }
        try {
            send(report, free).taken().forEach(this::call);
        } catch (RuntimeException e) {
            ended.addAll(report);
            LOG.warn(
                    "What became of {} calls of listener {} is reported again in a moment: {}",
                    report.size(),
                    id,
                    e.getMessage());
            LOG.debug("The report of listener {} failed", id, e);
        }
    }

    private Served send(List<Ended> report, int places) {
        return commands.execute(envelope(report, places)).orThrow();
    }

    private Envelope<Served> envelope(List<Ended> report, int places) {
        return Envelope.internal(new ServeListener(id, owner, places, settings.hold(), maxAttempts, report));
    }

    private void call(Delivery delivery) {
        calls.incrementAndGet();
        try {
            executor.execute(() -> {
                try {
                    hear(delivery);
                } finally {
                    calls.decrementAndGet();
                    knock();
                }
            });
        } catch (RejectedExecutionException e) {
            calls.decrementAndGet();
            LOG.debug("There is no thread for a call of listener {}; it is made when the hold on it ends", id, e);
        }
    }

    private void hear(Delivery delivery) {
        Ended heard = new Ended(delivery.key(), delivery.attempt(), Optional.empty());
        try {
            RunEventInfo event = event(delivery);
            if (listener.transactional()) {
                // what the listener wrote is kept if the event was still this server's, and only then
                commands.executeWith(
                        () -> {
                            callUserCode(event);
                            return List.of(heard);
                        },
                        report -> envelope(report, 0),
                        served -> served.kept() == 1);
            } else {
                callUserCode(event);
                ended.add(heard);
            }
        } catch (ListenerFailedException e) {
            failed(delivery, e.getCause());
        } catch (RuntimeException e) {
            failed(delivery, e);
        }
    }

    private void callUserCode(RunEventInfo event) {
        try {
            listener.onEvent(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ListenerFailedException(e);
        } catch (Exception | LinkageError | AssertionError e) {
            throw new ListenerFailedException(e);
        }
    }

    private void failed(Delivery delivery, Throwable thrown) {
        String reason = Reason.of(thrown);
        LOG.warn(
                "Listener {} failed with event {} of run {} in call {} of {}: {}",
                id,
                delivery.key().sequence(),
                delivery.key().run(),
                delivery.attempt(),
                maxAttempts,
                reason);
        LOG.debug("Listener {} failed", id, thrown);
        ended.add(new Ended(
                delivery.key(),
                delivery.attempt(),
                Optional.of(new Failure(reason, thrown instanceof NonRetryableException))));
    }

    @SuppressWarnings("unchecked") // the payload of an event is a JSON object
    private static RunEventInfo event(Delivery delivery) {
        RunEvent event = delivery.event();
        String run = delivery.key().run().value();
        return new RunEventInfo(
                run + ":" + event.sequence(),
                run,
                delivery.workflowId(),
                delivery.tenant(),
                delivery.correlationId(),
                event.sequence(),
                event.type(),
                event.occurredAt(),
                event.causationId(),
                JsonCodec.read(event.payload(), Map.class),
                delivery.attempt());
    }

    /** Carries what user code threw out of a transaction. */
    private static final class ListenerFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ListenerFailedException(Throwable cause) {
            super(cause);
        }

        @Override
        public synchronized Throwable getCause() {
            return java.util.Objects.requireNonNull(super.getCause());
        }
    }
}
