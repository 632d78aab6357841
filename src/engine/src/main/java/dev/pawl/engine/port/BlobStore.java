package dev.pawl.engine.port;

import java.util.List;
import java.util.Optional;

/** Values too large for a row, by key. A put replaces; a key has segments separated by {@code /}. */
public interface BlobStore {
    void put(String key, String text);

    Optional<String> get(String key);

    boolean has(String key);

    /** Answers whether there was something to delete. */
    boolean delete(String key);

    /** Keys that begin with this prefix, in order. */
    List<String> list(String prefix);
}
