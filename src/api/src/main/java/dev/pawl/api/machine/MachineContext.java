package dev.pawl.api.machine;

import java.time.Instant;

/** What guards and actions of a transition see. */
public interface MachineContext<D> {

    /** The instance's data, as the actions before this one have left it. */
    D data();

    /** The name the instance is known by. */
    String instance();

    String event();

    String from();

    String to();

    /** What came with the event, as a type Jackson can read. */
    <T> T payload(Class<T> type);

    /** The time of this transition. */
    Instant now();

    /** When the instance came into the state it is about to leave. */
    Instant since();

    /** Who sent the event; {@code anonymous} when nobody was authenticated. */
    String principal();
}
