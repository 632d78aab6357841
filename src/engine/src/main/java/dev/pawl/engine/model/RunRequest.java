package dev.pawl.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * What the starter handed over. Kept apart from {@link RunHeader}, because it can be large and only workers read it.
 *
 * @param input JSON the workflow's input type accepted
 * @param config JSON object: by stage id the settings of each configured stage, defaults included
 * @param metadata JSON object, the starter's own
 * @param edited input of a later group that a rerun put in the place of what the groups before it had made
 */
public record RunRequest(
        Payload input,
        String config,
        String metadata,
        @Nullable Edited edited) {

    /** The steps of this group work on this JSON value. */
    public record Edited(int group, Payload input) {}

    public RunRequest(Payload input, String config, String metadata) {
        this(input, config, metadata, null);
    }

    public RunRequest withInput(Payload other) {
        return new RunRequest(other, config, metadata, null);
    }

    public RunRequest withEdited(@Nullable Edited other) {
        return new RunRequest(input, config, metadata, other);
    }
}
