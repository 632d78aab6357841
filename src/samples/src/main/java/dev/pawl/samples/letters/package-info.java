/**
 * Letters to a town hall, read by an AI model: one by one while the writer waits, or a day's backlog as a batch at night.
 * Read {@link dev.pawl.samples.letters.AnswerLetter} first, then {@link dev.pawl.samples.letters.SortBacklog}.
 */
@NullMarked
package dev.pawl.samples.letters;

import org.jspecify.annotations.NullMarked;
