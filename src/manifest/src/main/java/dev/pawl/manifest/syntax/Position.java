package dev.pawl.manifest.syntax;

/** A place in the source, counted from 1. */
public record Position(int line, int column) {}
