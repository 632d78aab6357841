package dev.pawl.engine.work;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.port.BlobInfo;
import dev.pawl.engine.port.BlobStore;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Keeps JSON values where they belong: beside their row when small, in the blob store when large. A large one is loaded once
 * by this server and remembered for the steps that follow; that it is still in the store is looked up each time.
 */
public final class Payloads {

    /** Characters of large values that are remembered, unless somebody chose otherwise. */
    public static final long USUALLY_REMEMBERED = 33_554_432;

    private static final String JSON = "application/json";

    private final BlobStore blobs;
    private final int largestInline;
    private final Cache<Version, String> remembered;
    private final Calls calls;

    /** A put under the same key is another version. */
    private record Version(String key, String version) {}

    private interface Calls {
        <T> T call(Supplier<T> call);
    }

    public Payloads(BlobStore blobs, int largestInline) {
        this(blobs, largestInline, USUALLY_REMEMBERED);
    }

    /**
     * As many characters as are given are kept in memory at most.
     *
     * @param largestInline in characters; a longer value goes to the blob store
     * @param rememberedChars of large values, altogether; 0 loads each of them every time
     */
    public Payloads(BlobStore blobs, int largestInline, long rememberedChars) {
        this(
                blobs,
                largestInline,
                Caffeine.newBuilder()
                        .maximumWeight(rememberedChars)
                        .weigher((Version version, String json) -> json.length())
                        .executor(Runnable::run)
                        .build(),
                new Calls() {
                    @Override
                    public <T> T call(Supplier<T> call) {
                        return call.get();
                    }
                });
    }

    private Payloads(BlobStore blobs, int largestInline, Cache<Version, String> remembered, Calls calls) {
        this.blobs = blobs;
        this.largestInline = largestInline;
        this.remembered = remembered;
        this.calls = calls;
    }

    /** The same, for callers outside transactions who wait while the database is away. */
    Payloads patient(UntilBack untilBack) {
        return new Payloads(blobs, largestInline, remembered, untilBack::call);
    }

    /** @param key where a large value is kept */
    public Payload keep(String key, String json) {
        if (json.length() <= largestInline) {
            return Payload.of(json);
        }
        BlobInfo info = calls.call(() -> blobs.put(key, JSON, json.getBytes(StandardCharsets.UTF_8)));
        remembered.put(version(info), json);
        return new Payload.Stored(key);
    }

    /** Deletes a stored value that nothing refers to any more. */
    public void delete(String key) {
        blobs.delete(key);
    }

    /** @throws PayloadMissingException when it was stored and somebody deleted it */
    public String read(Payload payload) {
        if (payload instanceof Payload.Stored stored) {
            String key = stored.blobKey();
            return calls.call(() -> remembered.get(version(info(key)), version -> load(key)));
        }
        return ((Payload.Inline) payload).json();
    }

    /** Fails as {@link #read} would, without loading anything. */
    public void checkPresent(Payload payload) {
        if (payload instanceof Payload.Stored stored) {
            info(stored.blobKey());
        }
    }

    private BlobInfo info(String key) {
        return blobs.info(key).orElseThrow(() -> new PayloadMissingException(key));
    }

    private String load(String key) {
        return blobs.get(key).orElseThrow(() -> new PayloadMissingException(key));
    }

    private static Version version(BlobInfo info) {
        return new Version(info.key(), info.version());
    }
}
