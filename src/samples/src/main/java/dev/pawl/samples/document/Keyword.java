package dev.pawl.samples.document;

/**
 * A word or phrase that tells what a text is about.
 *
 * @param phrase as it is most often written in the text
 * @param score comparable within one text only
 */
public record Keyword(String phrase, double score) {}
