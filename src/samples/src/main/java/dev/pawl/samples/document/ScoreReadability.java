package dev.pawl.samples.document;

import java.util.List;
import java.util.Set;

/**
 * Scores how hard a text is to read.
 *
 * <p>English by Flesch Reading Ease (Flesch, "A New Readability Yardstick", 1948) and the Flesch-Kincaid grade (Kincaid and
 * others, 1975), with syllables estimated from the spelling. All others by LIX (Björnsson, "Läsbarhet", 1968), which counts
 * letters in place of syllables and so holds across languages, except those that write their words without spaces: these
 * get none, for their words cannot be counted in the same way.
 */
public final class ScoreReadability {

    private static final Set<String> WITHOUT_SPACES = Set.of("zh", "ja", "th", "lo", "km", "my", "bo", "dz");
    private static final int LONG_WORD = 7;

    public Readability score(String text, Language language) {
        List<String> sentences = SplitSentences.of(text, language);
        int words = 0;
        int longWords = 0;
        int syllables = 0;
        int sentencesWithWords = 0;
        for (String sentence : sentences) {
            List<String> found = SplitWords.of(sentence, language);
            words += found.size();
            sentencesWithWords += found.isEmpty() ? 0 : 1;
            for (String word : found) {
                longWords += word.codePointCount(0, word.length()) >= LONG_WORD ? 1 : 0;
                syllables += EnglishSyllables.in(word);
            }
        }
        if (words == 0 || WITHOUT_SPACES.contains(language.code())) {
            return new Readability(Readability.Measure.NONE, 0, null, words, sentencesWithWords);
        }
        double wordsPerSentence = (double) words / sentencesWithWords;
        if (language.code().equals("en")) {
            double syllablesPerWord = (double) syllables / words;
            return new Readability(
                    Readability.Measure.FLESCH_READING_EASE,
                    rounded(206.835 - 1.015 * wordsPerSentence - 84.6 * syllablesPerWord),
                    rounded(0.39 * wordsPerSentence + 11.8 * syllablesPerWord - 15.59),
                    words,
                    sentencesWithWords);
        }
        return new Readability(
                Readability.Measure.LIX,
                rounded(wordsPerSentence + 100.0 * longWords / words),
                null,
                words,
                sentencesWithWords);
    }

    /** To one decimal; the syllables are estimates, and more digits would pretend otherwise. */
    private static double rounded(double score) {
        return Math.round(score * 10) / 10.0;
    }
}
