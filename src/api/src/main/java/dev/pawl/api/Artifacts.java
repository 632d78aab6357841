package dev.pawl.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * What stages and people keep with a run beside its outputs: files, pictures, texts of any size. They can be read as soon as
 * a put has returned, by every stage of the run and over HTTP, and stay until the run is removed or the stage that put them
 * is begun anew by a rerun.
 *
 * <p>A key has 1 to 500 characters, in segments separated by {@code /}, such as {@code pages/1.png}. A put replaces what
 * has the key, whoever put that; the last writer wins.
 *
 * <p>A put is a side effect like any other: it is done again when the stage is, and what an attempt has put stays although
 * the attempt fails or loses its lease. Give every attempt the same keys and the next one replaces what the last one left.
 * Only in a {@link StageOptions#transactional() transactional} stage, and with artifacts in the database, do puts commit or
 * roll back with the stage.
 */
public interface Artifacts {

    /**
     * Reads the stream to its end, a part at a time, and keeps what it gave.
     *
     * @throws IOException when the stream fails; what had the key stays
     * @throws NonRetryableException with code {@code ARTIFACT_TOO_LARGE} when there is more than the server takes
     */
    Artifact put(String key, String contentType, InputStream content) throws IOException;

    Artifact put(String key, String contentType, byte[] content);

    /** Keeps a text as {@code text/plain} in UTF-8. */
    Artifact putText(String key, String text);

    /** Keeps anything Jackson writes as {@code application/json}. */
    Artifact putJson(String key, Object value);

    /** The bytes, a part at a time; to be closed by the caller. */
    Optional<InputStream> get(String key);

    /** The bytes as text in UTF-8. */
    Optional<String> text(String key);

    /** The bytes as JSON of this type. */
    <T> Optional<T> json(String key, Class<T> type);

    /** What is known of an artifact. */
    Optional<Artifact> find(String key);

    default boolean has(String key) {
        return find(key).isPresent();
    }

    /** Answers whether there was something to delete. */
    boolean delete(String key);

    /** All of the run in order of their keys. */
    default List<Artifact> list() {
        return list("");
    }

    /** Those whose keys begin with this, in order of their keys. */
    List<Artifact> list(String prefix);

    /** Bytes of all artifacts of the run. */
    long totalSize();
}
