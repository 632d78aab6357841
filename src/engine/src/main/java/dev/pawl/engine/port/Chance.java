package dev.pawl.engine.port;

/** Uniform numbers in [0, 1), for jitter. */
public interface Chance {
    double next();
}
