package dev.pawl.engine.work;

import dev.pawl.engine.model.Payload;
import dev.pawl.engine.port.BlobStore;

/** Keeps JSON values where they belong: beside their row when small, in the blob store when large. */
public final class Payloads {

    private final BlobStore blobs;
    private final int largestInline;

    /** @param largestInline in characters; a longer value goes to the blob store */
    public Payloads(BlobStore blobs, int largestInline) {
        this.blobs = blobs;
        this.largestInline = largestInline;
    }

    /** @param key where a large value is kept */
    public Payload keep(String key, String json) {
        if (json.length() <= largestInline) {
            return Payload.of(json);
        }
        blobs.put(key, json);
        return new Payload.Stored(key);
    }

    /** Deletes a stored value that nothing refers to any more. */
    public void delete(String key) {
        blobs.delete(key);
    }

    /** @throws PayloadMissingException when it was stored and somebody deleted it */
    public String read(Payload payload) {
        if (payload instanceof Payload.Stored stored) {
            return blobs.get(stored.blobKey()).orElseThrow(() -> new PayloadMissingException(stored.blobKey()));
        }
        return ((Payload.Inline) payload).json();
    }
}
