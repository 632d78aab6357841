package dev.pawl.engine.live;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.Later;
import dev.pawl.engine.query.RunQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what happened, once for all who listen on this server, and tells them. It looks soon after a commit of this
 * server, and now and then for those of others, for as long as anybody listens and not a moment longer.
 */
public final class LiveEvents {

    private static final Logger LOG = LoggerFactory.getLogger(LiveEvents.class);

    /** From a commit to the look at it, so that one look serves what happens together. */
    private static final Duration SOON = Duration.ofMillis(30);

    /** Lines become readable about a second after they were written. */
    private static final Duration LATEST_LINE = Duration.ofSeconds(15);

    private final List<EventFeed> feeds;
    private final RunQueries queries;
    private final Later later;
    private final Clock clock;
    private final Duration lookEvery;

    private final Set<Listener> listeners = new LinkedHashSet<>();
    private final Map<Character, FeedTail> tails = new HashMap<>();
    private final Map<RunId, Long> newestLines = new HashMap<>();
    private final AtomicBoolean lookDue = new AtomicBoolean();
    private volatile boolean listening;
    private boolean rounds;

    public LiveEvents(List<EventFeed> feeds, RunQueries queries, Later later, Clock clock, Duration lookEvery) {
        this.feeds = List.copyOf(feeds);
        this.queries = queries;
        this.later = later;
        this.clock = clock;
        this.lookEvery = lookEvery;
    }

    /** Something was committed on this server. Costs nothing when nobody listens. */
    public void ring() {
        if (listening && lookDue.compareAndSet(false, true)) {
            schedule(SOON, () -> {
                lookDue.set(false);
                look();
            });
        }
    }

    List<EventFeed> feeds() {
        return feeds;
    }

    Clock clock() {
        return clock;
    }

    /**
     * From here on the listener is told.
     *
     * @param atThisMoment done before anything else is looked up
     * @return how far each feed has been seen so far
     */
    synchronized Map<Character, FeedTail.Snapshot> join(Listener listener, Runnable atThisMoment) {
        begin();
        listeners.add(listener);
        return snapshots(atThisMoment);
    }

    /** How far each feed has been seen at a moment at which nothing is told; nowhere when nobody listens. */
    synchronized Map<Character, FeedTail.Snapshot> snapshots(Runnable atThisMoment) {
        atThisMoment.run();
        Map<Character, FeedTail.Snapshot> known = new HashMap<>();
        tails.forEach((feed, tail) -> known.put(feed, tail.snapshot()));
        return known;
    }

    synchronized void leave(Listener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty()) {
            listening = false;
            tails.clear();
            newestLines.clear();
        }
    }

    private void begin() {
        if (tails.isEmpty()) {
            Instant now = clock.now();
            feeds.forEach(feed -> tails.put(feed.letter(), new FeedTail(feed, now)));
        }
        listening = true;
        if (!rounds) {
            rounds = true;
            schedule(lookEvery, this::round);
        }
    }

    private void round() {
        look();
        synchronized (this) {
            if (listening) {
                schedule(lookEvery, this::round);
            } else {
                rounds = false;
            }
        }
    }

    private synchronized void look() {
        if (listening) {
            Instant now = clock.now();
            List<FeedEntry> happened = new ArrayList<>();
            feeds.forEach(feed -> trying(() -> tails.get(feed.letter()).look(now, happened)));
            // after the events, and told before them, so that a line comes before the event it was committed with
            trying(() -> tellOfLines(now));
            tell(happened);
            List.copyOf(listeners).forEach(listener -> listener.tick(now));
        }
    }

    private static void trying(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.warn("What happened could not be looked up for those who listen; the next look follows", e);
        }
    }

    private void tellOfLines(Instant now) {
        Map<RunId, List<Listener>> wanted = listeners.stream()
                .filter(Listener::wantsLines)
                .collect(Collectors.groupingBy(listener -> listener.run().orElseThrow()));
        newestLines.keySet().retainAll(wanted.keySet());
        if (!wanted.isEmpty()) {
            queries.newestLines(wanted.keySet(), now.minus(LATEST_LINE)).forEach((run, newest) -> {
                Long before = newestLines.put(run, newest);
                if (before == null || before < newest) {
                    wanted.get(run).forEach(Listener::linesWritten);
                }
            });
        }
    }

    private void tell(List<FeedEntry> happened) {
        if (happened.isEmpty()) {
            return;
        }
        Map<RunId, List<FeedEntry>> byRun = happened.stream()
                .filter(FeedEntry::isOfRun)
                .collect(Collectors.groupingBy(entry -> entry.entry().run()));
        Map<Character, FeedTail.Snapshot> known = snapshots(() -> {});
        for (Listener listener : List.copyOf(listeners)) {
            List<FeedEntry> wanted = listener.run()
                    .map(run -> byRun.getOrDefault(run, List.of()))
                    .orElse(happened);
            if (!wanted.isEmpty()) {
                listener.happened(wanted, known);
            }
        }
    }

    private void schedule(Duration delay, Runnable action) {
        try {
            later.after(delay, action);
        } catch (RejectedExecutionException e) {
            LOG.debug("The server goes down; those who listen are told nothing more", e);
        }
    }
}
