package dev.pawl.manifest.runtime;

/** What is wrong with one part of an input, by its JSON pointer. */
public record FieldError(String pointer, String message) {}
