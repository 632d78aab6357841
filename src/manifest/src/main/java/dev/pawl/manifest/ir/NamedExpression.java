package dev.pawl.manifest.ir;

/** An expression bound to the name of an input. */
public record NamedExpression(String name, Expression expression) {}
