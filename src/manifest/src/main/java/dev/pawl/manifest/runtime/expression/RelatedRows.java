package dev.pawl.manifest.runtime.expression;

/** A relationship, ready to be followed from a record: a list for many, a record or null for one. */
@FunctionalInterface
public interface RelatedRows {
    Object from(EntityRecord record, Evaluation evaluation);
}
