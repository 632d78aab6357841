package dev.pawl.manifest.runtime.expression;

/** A computed property: its code and how many slots that code needs. */
public record Computed(String name, Code code, int locals) {}
