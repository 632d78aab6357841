package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.FeedRows;
import dev.pawl.engine.live.EventFeed;
import dev.pawl.engine.live.FeedEntry;
import java.util.Collection;
import java.util.List;

/** Histories in the database, by the numbers of their appends. */
public final class SqlEventFeed implements EventFeed {

    private final FeedRows rows;
    private final CurrentConnection connection;

    public SqlEventFeed(FeedRows rows, CurrentConnection connection) {
        this.rows = rows;
        this.connection = connection;
    }

    @Override
    public char letter() {
        return rows.letter();
    }

    @Override
    public long end() {
        return connection.call("look for the end of a feed", rows::end);
    }

    @Override
    public List<Long> positions(long after, long upTo) {
        return connection.call("look at a feed", current -> rows.positions(current, after, upTo));
    }

    @Override
    public List<FeedEntry> read(long after, long upTo, int max) {
        return connection.call("read a feed", current -> rows.read(current, after, upTo, max));
    }

    @Override
    public List<FeedEntry> at(Collection<Long> positions) {
        return connection.call("read entries of a feed", current -> rows.at(current, positions));
    }
}
