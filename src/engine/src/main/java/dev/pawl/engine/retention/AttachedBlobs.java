package dev.pawl.engine.retention;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.Attached;
import dev.pawl.engine.port.BlobStore;
import java.util.Collection;

/** The blobs of runs, in whatever store they are: a run's begin with its name. */
public final class AttachedBlobs implements Attached {

    private final BlobStore blobs;

    public AttachedBlobs(BlobStore blobs) {
        this.blobs = blobs;
    }

    @Override
    public int remove(Collection<RunId> runs, int most) {
        int removed = 0;
        for (RunId run : runs) {
            if (removed < most) {
                removed += blobs.deleteAll("runs/" + run + "/", most - removed);
            }
        }
        return removed;
    }
}
