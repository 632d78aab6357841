package dev.pawl.manifest.runtime.port;

/** Gives out ids nobody has. */
@FunctionalInterface
public interface IdSource {
    String next();
}
