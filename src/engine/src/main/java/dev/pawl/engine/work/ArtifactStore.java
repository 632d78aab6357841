package dev.pawl.engine.work;

import dev.pawl.api.Artifact;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StoredArtifact;
import dev.pawl.engine.port.ArtifactIndex;
import dev.pawl.engine.port.BlobInfo;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.Ids;
import dev.pawl.engine.port.OpenBlob;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The artifacts of all runs. The bytes are written first and under a key of their own, then the artifact is turned to them,
 * so that what is known of it always fits what is read.
 */
public final class ArtifactStore {

    private static final String OUTSIDE = "-";
    private static final int READS = 5;

    private final BlobStore blobs;
    private final ArtifactIndex index;
    private final Clock clock;
    private final Ids ids;
    private final long largest;

    /** @param largest bytes one artifact may have */
    public ArtifactStore(BlobStore blobs, ArtifactIndex index, Clock clock, Ids ids, long largest) {
        this.blobs = blobs;
        this.index = index;
        this.clock = clock;
        this.ids = ids;
        this.largest = largest;
    }

    /**
     * Who puts an artifact.
     *
     * @param stepId of the stage; empty from outside
     * @param attempt of the stage; 0 from outside
     */
    public record Author(String stepId, int attempt) {
        public static final Author OUTSIDE = new Author("", 0);
    }

    /** An artifact and the way to its bytes, to be closed. */
    public record OpenArtifact(Artifact artifact, InputStream content) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            content.close();
        }
    }

    /**
     * What a put came to.
     *
     * @param isNew whether nothing had the key before
     */
    public record Put(Artifact artifact, boolean isNew) {}

    /**
     * Keeps what the stream gives.
     *
     * @throws IllegalArgumentException when key or content type cannot be one
     * @throws ArtifactTooLargeException when the stream gives more than an artifact may have
     * @throws IOException when the stream fails
     */
    public Put put(RunId run, String key, String contentType, InputStream content, Author author) throws IOException {
        StoredArtifact.checkedKey(key);
        StoredArtifact.checkedType(contentType);
        String blobKey =
                "artifacts/" + run + "/" + (author.stepId().isEmpty() ? OUTSIDE : author.stepId()) + "/" + ids.next();
        MeasuredContent measured = new MeasuredContent(content, key, largest);
        BlobInfo blob = blobs.put(blobKey, contentType, measured);
        try {
            StoredArtifact artifact = new StoredArtifact(
                    run,
                    key,
                    blobKey,
                    contentType,
                    blob.size(),
                    measured.sha256(),
                    author.stepId(),
                    author.attempt(),
                    clock.now());
            Optional<StoredArtifact> replaced = index.put(artifact);
            replaced.ifPresent(before -> blobs.delete(before.blobKey()));
            return new Put(view(artifact), replaced.isEmpty());
        } catch (RuntimeException e) {
            giveUp(blobKey, e);
            throw e;
        }
    }

    private void giveUp(String blobKey, RuntimeException why) {
        try {
            blobs.delete(blobKey);
        } catch (RuntimeException e) {
            // a transaction that is rolled back takes the blob with it; any other goes with the run
            why.addSuppressed(e);
        }
    }

    public Optional<Artifact> find(RunId run, String key) {
        return index.find(run, key).map(ArtifactStore::view);
    }

    /** Somebody may replace it between the look at the index and that at the blob. */
    public Optional<OpenArtifact> open(RunId run, String key) {
        for (int read = 1; read <= READS; read++) {
            Optional<StoredArtifact> found = index.find(run, key);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Optional<OpenBlob> blob = blobs.open(found.get().blobKey());
            if (blob.isPresent()) {
                return Optional.of(
                        new OpenArtifact(view(found.get()), blob.get().content()));
            }
        }
        throw new IllegalStateException("The bytes of artifact '" + key + "' of run " + run
                + " are not in the blob store any more; put it again, or delete it");
    }

    public boolean delete(RunId run, String key) {
        Optional<StoredArtifact> removed = index.remove(run, key);
        removed.ifPresent(artifact -> blobs.delete(artifact.blobKey()));
        return removed.isPresent();
    }

    /** @param after the last key of the part before; empty for the first part */
    public List<Artifact> list(RunId run, String prefix, String after, int limit) {
        return index.list(run, prefix, after, limit).stream()
                .map(ArtifactStore::view)
                .toList();
    }

    public long totalSize(RunId run) {
        return index.totalSize(run);
    }

    private static Artifact view(StoredArtifact artifact) {
        boolean isOutside = artifact.stepId().isEmpty();
        return new Artifact(
                artifact.key(),
                artifact.contentType(),
                artifact.size(),
                artifact.sha256(),
                isOutside ? null : artifact.stepId(),
                isOutside ? null : artifact.attempt(),
                artifact.createdAt());
    }
}
