package dev.pawl.engine.port;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StoredArtifact;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which artifacts runs have; their bytes are blobs. Each call joins the transaction around it or is one of its own.
 * Whoever takes an artifact away or replaces it is told which blob nothing refers to any more.
 */
public interface ArtifactIndex {

    /**
     * Adds an artifact, in the place of the one that has its key.
     *
     * @return what was replaced
     * @throws RunMissingException when there is no such run
     */
    Optional<StoredArtifact> put(StoredArtifact artifact);

    Optional<StoredArtifact> find(RunId run, String key);

    /**
     * Artifacts whose keys begin with this prefix, in the order of this store.
     *
     * @param after the last key of the part before; empty for the first part
     */
    List<StoredArtifact> list(RunId run, String prefix, String after, int limit);

    /** Bytes of all artifacts of a run. */
    long totalSize(RunId run);

    Optional<StoredArtifact> remove(RunId run, String key);

    /** Removes what these stages of a run have put, and answers what that was. */
    List<StoredArtifact> removeOf(RunId run, Collection<String> stepIds);

    /** There is no such run, or no longer. */
    final class RunMissingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public RunMissingException(RunId run) {
            super("There is no run " + run + " to keep something with");
        }
    }
}
