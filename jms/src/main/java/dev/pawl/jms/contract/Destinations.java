package dev.pawl.jms.contract;

/** Where messages go: the names under which the server offers the destinations, and their default addresses. */
public final class Destinations {

    /** The one connection factory. */
    public static final String CONNECTION_FACTORY = "jms/pawl";

    public static final String COMMANDS = "jms/commands";
    public static final String COMMANDS_DEAD = "jms/commands-dead";
    public static final String JOBS = "jms/jobs";
    public static final String EVENTS = "jms/events";

    /** Events from outside that could not be taken. */
    public static final String EVENTS_IN_DEAD = "jms/events-in-dead";

    public static final String COMMANDS_ADDRESS = "commands";
    public static final String COMMANDS_DEAD_ADDRESS = "commands.dead";
    public static final String JOBS_ADDRESS = "jobs";
    public static final String EVENTS_ADDRESS = "events";
    public static final String EVENTS_IN_ADDRESS = "events.in";
    public static final String EVENTS_IN_DEAD_ADDRESS = "events.in.dead";

    private Destinations() {}
}
