package dev.pawl.engine.port;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bytes too many for a row, by key. A key has segments separated by {@code /}; a put replaces what was there.
 *
 * <p>Whoever reads a key sees a whole blob or none, never a part of one, and goes on reading what was there when it was
 * opened although it is replaced meanwhile. A put or delete within a transaction belongs to it. A store outside the
 * database cannot restore what a rolled back put has replaced, and after the death of a server may keep a blob that
 * nobody refers to, or still have one whose delete was committed; it never lacks one that was committed.
 *
 * <p>Methods that take or give streams hold no more than a part of the content in memory. Outside a transaction they keep
 * none open while they wait for the stream.
 */
public interface BlobStore {

    /** Characters of the longest key. */
    int LONGEST_KEY = 700;

    /**
     * Reads the stream to its end and keeps what it gave.
     *
     * @throws IOException when the stream fails; the key then has what it had before
     */
    BlobInfo put(String key, String contentType, InputStream content) throws IOException;

    /** As {@link #put(String, String, InputStream)}, for what is in memory already. */
    default BlobInfo put(String key, String contentType, byte[] content) {
        try {
            return put(key, contentType, new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a text as UTF-8. */
    default BlobInfo put(String key, String text) {
        return put(key, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** The blob with its content, to be closed by the caller. */
    Optional<OpenBlob> open(String key);

    /** The content as text. */
    default Optional<String> get(String key) {
        Optional<OpenBlob> found = open(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (OpenBlob blob = found.get()) {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(blob.content().readAllBytes()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("The blob '" + key + "' is not a text", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The blob '" + key + "' cannot be read", e);
        }
    }

    /** What is known of a blob, without reading it. */
    Optional<BlobInfo> info(String key);

    default boolean has(String key) {
        return info(key).isPresent();
    }

    /** Answers whether there was something to delete. */
    boolean delete(String key);

    /**
     * Deletes blobs whose keys begin with this prefix, at most {@code max} of them, and answers how many: fewer than
     * {@code max} means that none is left.
     */
    int deleteAll(String prefix, int max);

    /**
     * Keys that begin with this prefix, in the order of this store, at most {@code limit} of them.
     *
     * @param after the last key of the part before; empty for the first part
     */
    List<String> list(String prefix, String after, int limit);

    /** All keys that begin with this prefix. */
    default List<String> list(String prefix) {
        int part = 1_000;
        List<String> all = new ArrayList<>(list(prefix, "", part));
        List<String> last = all;
        while (last.size() == part) {
            last = list(prefix, all.get(all.size() - 1), part);
            all.addAll(last);
        }
        return all;
    }

    /** Removes what broken off puts have left; called now and then, outside transactions. Answers how much there was. */
    default int sweep() {
        return 0;
    }

    /**
     * A key no store refuses.
     *
     * @throws IllegalArgumentException when it is empty, too long, or no well-formed text without control characters
     */
    static String checkedKey(String key) {
        boolean wellFormed = StandardCharsets.UTF_8.newEncoder().canEncode(key);
        if (key.isEmpty()
                || key.length() > LONGEST_KEY
                || !wellFormed
                || key.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("The key of a blob has 1 to " + LONGEST_KEY
                    + " characters, none of them a control character or half of one");
        }
        return key;
    }
}
