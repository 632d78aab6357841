package dev.pawl.ejb.store;

import dev.pawl.engine.live.EventFeed;
import dev.pawl.engine.live.FeedEntry;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Each look at a feed is a short transaction. */
final class TransactionalFeed implements EventFeed {

    /** Reads in a transaction of its own. */
    interface Reader {
        <T> T read(Supplier<T> reading);
    }

    private final EventFeed feed;
    private final Reader reader;

    TransactionalFeed(EventFeed feed, Reader reader) {
        this.feed = feed;
        this.reader = reader;
    }

    @Override
    public char letter() {
        return feed.letter();
    }

    @Override
    public long end() {
        return reader.read(feed::end);
    }

    @Override
    public List<Long> positions(long after, long upTo) {
        return reader.read(() -> feed.positions(after, upTo));
    }

    @Override
    public List<FeedEntry> read(long after, long upTo, int max) {
        return reader.read(() -> feed.read(after, upTo, max));
    }

    @Override
    public List<FeedEntry> at(Collection<Long> positions) {
        return reader.read(() -> feed.at(positions));
    }
}
