package dev.pawl.engine.model;

/**
 * An annotation to be kept with a run.
 *
 * @param stepId empty when it concerns the run as a whole
 * @param attempt of the stage that noted it; 0 when it came from outside
 * @param onceKey those of the same run, step and name with the same key are kept once
 * @param type of the value: string, number, boolean, object, array or null
 * @param json the value
 * @param isAnnounced whether the history shall tell of it
 */
public record Note(
        String stepId, int attempt, String name, String onceKey, String type, String json, boolean isAnnounced) {}
