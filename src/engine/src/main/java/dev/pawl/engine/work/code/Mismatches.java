package dev.pawl.engine.work.code;

import com.fasterxml.jackson.databind.JavaType;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.RunId;
import java.util.Locale;

/** Says how the code differs from what is recorded of a run, and what to do about it. */
final class Mismatches {

    static final String REMEDY =
            "Deploy code that does what is recorded, with ctx.changed(\"…\") around what is new, or"
                    + " deploy the change as a new version beside the old one; then retry the run.";

    private Mismatches() {}

    /** @param asked branch, name and occurrence of what the code asks for */
    static String differs(RunId run, Checkpoint entry, CheckpointKind kind, String asked) {
        return "Run " + run + " has recorded " + describe(entry.kind(), entry.id()) + " where the code now asks for "
                + describe(kind, asked) + ". " + REMEDY;
    }

    static String notReached(RunId run, Checkpoint entry) {
        return "Run " + run + " has recorded " + describe(entry.kind(), entry.id())
                + ", which the code now ends without asking for. " + REMEDY;
    }

    static String isGone(RunId run, Checkpoint entry, Exception cause) {
        return "The recorded result of " + describe(entry.kind(), entry.id()) + " of run " + run + " is gone: "
                + cause.getMessage() + ". Restore it, then retry the run.";
    }

    static String doesNotFit(RunId run, Checkpoint entry, JavaType type, Exception cause) {
        return "Run " + run + " has recorded a result of " + describe(entry.kind(), entry.id()) + " that does not fit "
                + type.toCanonical() + ", which the code asks for now: " + cause.getMessage() + ". " + REMEDY;
    }

    private static String describe(CheckpointKind kind, String id) {
        return kind.name().toLowerCase(Locale.ROOT) + " '" + id + "'";
    }
}
