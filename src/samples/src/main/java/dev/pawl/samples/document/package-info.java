/**
 * What the sample {@code document-processor} does to one document: fetch it, take its text out, name its language, find its
 * key words, score how hard it is to read and write a summary.
 *
 * <p>Here belong functions of their input alone, plus the one that reaches out ({@link FetchDocument}). How they are put
 * in order, retried and recorded is the workflow's business and does not belong here.
 *
 * <p>Start with {@link FetchDocument} and {@link ExtractText}; every failure that a retry cannot mend is a
 * {@link DocumentRefused}.
 */
@NullMarked
package dev.pawl.samples.document;

import org.jspecify.annotations.NullMarked;
