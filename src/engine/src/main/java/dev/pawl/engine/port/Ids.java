package dev.pawl.engine.port;

/** Makes ids that nobody else makes, increasing with time. */
public interface Ids {
    String next();

    /** One in as few characters as it takes, for what is written often and names nothing that people look for. */
    default String nextShort() {
        return next();
    }
}
