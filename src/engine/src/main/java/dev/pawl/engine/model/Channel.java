package dev.pawl.engine.model;

/**
 * Where events and waits meet: an event goes to the channel of its correlation and to the one of all correlations.
 *
 * @param correlation {@link Awaited#ANY} for waits that take events of any
 */
public record Channel(String tenant, String event, String correlation) implements Comparable<Channel> {

    /** The channel of the waits that take this event whatever its correlation is. */
    public Channel ofAny() {
        return new Channel(tenant, event, Awaited.ANY);
    }

    @Override
    public int compareTo(Channel other) {
        int byTenant = tenant.compareTo(other.tenant);
        if (byTenant != 0) {
            return byTenant;
        }
        int byEvent = event.compareTo(other.event);
        return byEvent != 0 ? byEvent : correlation.compareTo(other.correlation);
    }

    @Override
    public String toString() {
        return tenant + "\n" + event + "\n" + correlation;
    }
}
