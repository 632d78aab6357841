package dev.pawl.engine.retention;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.Attached;
import dev.pawl.engine.port.BlobStore;
import java.util.Collection;
import java.util.List;

/** The blobs of runs, in whatever store they are: inputs, outputs and artifacts of a run lie below its name. */
public final class AttachedBlobs implements Attached {

    private final BlobStore blobs;

    public AttachedBlobs(BlobStore blobs) {
        this.blobs = blobs;
    }

    @Override
    public int remove(Collection<RunId> runs, int most) {
        int removed = 0;
        for (RunId run : runs) {
            for (String prefix : List.of("runs/" + run + "/", "artifacts/" + run + "/")) {
                if (removed < most) {
                    removed += blobs.deleteAll(prefix, most - removed);
                }
            }
        }
        return removed;
    }
}
