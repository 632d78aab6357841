package dev.pawl.samples.document;

import org.jspecify.annotations.Nullable;

/**
 * How hard a text is to read.
 *
 * @param measure what the score is
 * @param score see {@link Measure}; 0 where there is no measure
 * @param grade the years of school a reader needs, where the measure tells; else null
 * @param words how many words were counted
 * @param sentences how many sentences were counted
 */
public record Readability(
        Measure measure, double score, @Nullable Double grade, int words, int sentences) {

    public enum Measure {
        /** Flesch Reading Ease, for English: 100 is very easy, 60 plain, below 30 very hard; may lie outside 0 to 100. */
        FLESCH_READING_EASE,
        /** LIX, for other languages that part their words by spaces: 25 is very easy, 45 middling, above 60 very hard. */
        LIX,
        /** The text has no words, or is of a language that none of the measures was made for. */
        NONE
    }
}
