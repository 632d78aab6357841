package dev.pawl.api.local;

/**
 * What is wrong with one member of what was handed over.
 *
 * @param pointer RFC 6901, {@code /config/summarize/sentences} for instance; empty for the whole value
 */
public record FieldProblem(String pointer, String message) {}
