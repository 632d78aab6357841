package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.DeliveryRows;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.engine.model.Delivery;
import dev.pawl.engine.port.ListenerDeliveries;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What listeners are still to hear, in the database. */
public final class SqlListenerDeliveries implements ListenerDeliveries {

    private final CurrentConnection connection;
    private final Dialect dialect;

    public SqlListenerDeliveries(CurrentConnection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    @Override
    public void add(Collection<Pending> events, Instant now) {
        connection.call("keep " + events.size() + " events for listeners", current -> {
            DeliveryRows.add(current, events, now);
            return events;
        });
    }

    @Override
    public Set<String> due(Collection<String> listeners, Instant now) {
        return connection.call(
                "look for what listeners are to hear", current -> DeliveryRows.due(current, listeners, now));
    }

    @Override
    public List<Delivery> take(String listener, int max, String owner, Instant now, Instant until) {
        return connection.call(
                "take events for listener " + listener,
                current -> dialect.takeDeliveries(current, listener, max, owner, now, until));
    }

    @Override
    public void extend(String owner, Instant until) {
        connection.call("hold on to events for listeners", current -> {
            DeliveryRows.extend(current, owner, until);
            return owner;
        });
    }

    @Override
    public int release(String node, String currentOwner, Instant now) {
        return connection.call(
                "release events that " + node + " held",
                current -> DeliveryRows.release(current, node, currentOwner, now));
    }

    @Override
    public boolean heard(Hold hold, Instant now) {
        return connection.call("close " + hold.key(), current -> DeliveryRows.heard(current, hold, now));
    }

    @Override
    public boolean postpone(Hold hold, Instant due, String reason) {
        return connection.call("postpone " + hold.key(), current -> DeliveryRows.postpone(current, hold, due, reason));
    }

    @Override
    public boolean bury(Hold hold, String reason, Instant now) {
        return connection.call("bury " + hold.key(), current -> DeliveryRows.bury(current, hold, reason, now));
    }
}
