package dev.pawl.manifest.runtime.port;

import java.util.List;

/** Knows which approvals were given. */
@FunctionalInterface
public interface Approvals {
    /** A host without approvals: a command that needs one never runs. */
    Approvals NONE = (instance, approval, stages) -> false;

    /** Whether every one of these stages of the approval is satisfied for the instance. */
    boolean isGranted(EntityKey instance, String approval, List<String> stages);
}
