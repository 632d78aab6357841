package dev.pawl.samples.document;

/**
 * The text of a document: paragraphs parted by blank lines, no control characters but line feed and tab.
 *
 * @param text never blank
 * @param format what it was taken from
 */
public record ExtractedText(String text, DocumentFormat format) {}
