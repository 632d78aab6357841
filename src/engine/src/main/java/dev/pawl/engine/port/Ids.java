package dev.pawl.engine.port;

/** Makes ids that nobody else makes, increasing with time. */
public interface Ids {
    String next();
}
