package dev.pawl.samples.document.workflow;

/** The text of a document, and what kind of document it was taken from. */
public record DocumentText(String text, String mediaType) {}
