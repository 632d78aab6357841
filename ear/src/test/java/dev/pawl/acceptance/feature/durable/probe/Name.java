package dev.pawl.acceptance.feature.durable.probe;

/** Tells the runs of a test apart. */
public record Name(String name) {}
