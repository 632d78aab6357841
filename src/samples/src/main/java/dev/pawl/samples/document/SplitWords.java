package dev.pawl.samples.document;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Splits a sentence into its words by the rules of its language. */
final class SplitWords {

    /** What is written together with the next word, and says nothing of the subject: {@code l'homme}, {@code dell'arte}. */
    private static final Map<String, Set<String>> ELIDED = Map.of(
            "fr", Set.of("l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"),
            "it",
                    Set.of(
                            "l", "d", "un", "c", "s", "m", "t", "v", "all", "dell", "dall", "nell", "sull", "quest",
                            "quell"),
            "ca", Set.of("l", "d", "m", "t", "s", "n"));

    private SplitWords() {}

    /** The words in order; numbers are words, punctuation is not. */
    static List<String> of(String sentence, Language language) {
        List<String> words = new ArrayList<>();
        for (String token : tokens(sentence, language)) {
            if (isWord(token)) {
                words.add(token);
            }
        }
        return words;
    }

    /** Words and, between them, whatever else there is, white space left out. */
    static List<String> tokens(String sentence, Language language) {
        List<String> tokens = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getWordInstance(language.locale());
        breaks.setText(sentence);
        int start = 0;
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            String token = sentence.substring(start, end);
            if (!token.isBlank()) {
                tokens.add(token);
            }
            start = end;
        }
        return tokens;
    }

    static boolean isWord(String token) {
        return Character.isLetterOrDigit(token.codePointAt(0));
    }

    /** The word without an article or preposition that is joined to its front by an apostrophe. */
    static String withoutElision(String word, Language language) {
        Set<String> elided = ELIDED.get(language.code());
        int apostrophe = Math.max(word.indexOf('\''), word.indexOf('\u2019'));
        if (elided != null
                && apostrophe > 0
                && apostrophe < word.length() - 1
                && elided.contains(word.substring(0, apostrophe).toLowerCase(language.locale()))) {
            return word.substring(apostrophe + 1);
        }
        return word;
    }
}
