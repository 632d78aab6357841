package dev.pawl.engine.work.code;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which variants of the code a branch takes. What it came past before a marker was introduced has recorded other things
 * there, and takes the oldest.
 */
final class VersionMarkers {

    private final BranchCursor branch;
    private final Map<String, Integer> taken = new HashMap<>();

    VersionMarkers(BranchCursor branch) {
        this.branch = branch;
    }

    int version(String id, int oldest, int latest) {
        branch.enter();
        int version = taken.computeIfAbsent(id, asked -> take(asked, oldest, latest));
        if (version < oldest || version > latest) {
            throw branch.mismatch("Run " + branch.codeRun().id() + " has taken version " + version + " of '" + id
                    + "', and the code knows " + oldest + " to " + latest + ". " + Mismatches.REMEDY);
        }
        return version;
    }

    private int take(String id, int oldest, int latest) {
        Optional<String> recorded = branch.passMarker(id);
        if (recorded.isPresent()) {
            return Integer.parseInt(recorded.get());
        }
        if (branch.isBeforeRecorded()) {
            return oldest;
        }
        if (!branch.codeRun().isCheck()) {
            branch.mark(id, String.valueOf(latest));
        }
        return latest;
    }
}
