package dev.pawl.engine.model;

/**
 * What the starter handed over. Kept apart from {@link RunHeader}, because it can be large and only workers read it.
 *
 * @param input JSON the workflow's input type accepted
 * @param config JSON object: by stage id the settings of each configured stage, defaults included
 * @param metadata JSON object, the starter's own
 */
public record RunRequest(Payload input, String config, String metadata) {}
