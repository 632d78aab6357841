package dev.pawl.samples.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the key words of a text: the words and the recurring phrases of up to three words that it uses most, stop words
 * aside.
 *
 * <p>They are weighed by C-value (Frantzi, Ananiadou and Mima, "Automatic Recognition of Multi-Word Terms", 2000), here with
 * single words admitted: a phrase counts for its frequency and its length, less what it owes to the longer phrases it is a
 * part of. So of a text about the United States neither "United" nor "States" is a key word by itself.
 *
 * <p>The same text always gives the same key words in the same order: by score, then by first appearance. In a language
 * without a stop-word list there are no phrases, only words.
 */
public final class ExtractKeywords {

    private static final int MAX_WORDS_IN_PHRASE = 3;
    private static final int MIN_LETTERS = 3;
    /** What is longer is encoded data, or a script without spaces whose words Java does not know. */
    private static final int MAX_LETTERS = 50;

    /** @param max the most key words wanted */
    public List<Keyword> extract(String text, Language language, int max) {
        if (max < 0) {
            throw new IllegalArgumentException("The number of key words must not be negative, but is " + max);
        }
        Candidates candidates = new Candidates();
        Set<String> stopWords = StopWords.of(language);
        for (String sentence : SplitSentences.of(text, language)) {
            collect(sentence, language, stopWords, candidates);
        }
        return candidates.scored().stream().limit(max).toList();
    }

    /** Takes what stands between stop words and punctuation as a phrase. */
    private static void collect(String sentence, Language language, Set<String> stopWords, Candidates candidates) {
        List<Term> phrase = new ArrayList<>();
        for (String token : SplitWords.tokens(sentence, language)) {
            Term term = Term.of(token, language);
            boolean joins = SplitWords.isWord(token) && !stopWords.contains(term.key()) && term.saysSomething();
            if (!joins || stopWords.isEmpty()) {
                candidates.add(phrase);
                phrase = new ArrayList<>();
            }
            if (joins) {
                phrase.add(term);
            }
        }
        candidates.add(phrase);
    }

    /** A word as it is compared and as it was written. */
    private record Term(String key, String written) {

        static Term of(String token, Language language) {
            String word = SplitWords.withoutElision(token, language);
            return new Term(word.toLowerCase(language.locale()), word);
        }

        boolean saysSomething() {
            long letters = key.codePoints().filter(Character::isLetter).count();
            // a word of Chinese or Japanese may be one or two signs long
            boolean longEnough = letters >= MIN_LETTERS || key.codePoints().anyMatch(Character::isIdeographic);
            return longEnough && key.length() <= MAX_LETTERS;
        }
    }

    /** Counts phrases and all their parts, in the order of their first appearance. */
    private static final class Candidates {

        private final Map<List<String>, Map<String, Integer>> spellings = new LinkedHashMap<>();

        void add(List<Term> phrase) {
            for (int from = 0; from < phrase.size(); from++) {
                int last = Math.min(phrase.size(), from + MAX_WORDS_IN_PHRASE);
                for (int to = from + 1; to <= last; to++) {
                    List<Term> part = phrase.subList(from, to);
                    List<String> keys = part.stream().map(Term::key).toList();
                    String written =
                            String.join(" ", part.stream().map(Term::written).toList());
                    spellings
                            .computeIfAbsent(keys, any -> new LinkedHashMap<>())
                            .merge(written, 1, Integer::sum);
                }
            }
        }

        List<Keyword> scored() {
            Map<List<String>, Integer> frequency = new LinkedHashMap<>();
            spellings.forEach((keys, written) -> {
                int times =
                        written.values().stream().mapToInt(Integer::intValue).sum();
                if (keys.size() == 1 || times > 1) {
                    frequency.put(keys, times);
                }
            });
            Map<List<String>, Holders> holders = holders(frequency);
            List<Keyword> scored = new ArrayList<>();
            frequency.forEach((keys, times) -> {
                double own = times - holders.getOrDefault(keys, Holders.NONE).meanFrequency();
                if (own > 0) {
                    double length = Math.log(keys.size() + 1.0) / Math.log(2);
                    scored.add(new Keyword(commonest(spellings.getOrDefault(keys, Map.of())), length * own));
                }
            });
            // the sort keeps equals in the order of their first appearance
            scored.sort(Comparator.comparingDouble(Keyword::score).reversed());
            return scored;
        }

        /** For each phrase the longer ones that hold it. */
        private static Map<List<String>, Holders> holders(Map<List<String>, Integer> frequency) {
            Map<List<String>, Holders> holders = new HashMap<>();
            frequency.forEach((longer, times) -> {
                for (int from = 0; from < longer.size(); from++) {
                    for (int to = from + 1; to <= longer.size(); to++) {
                        if (to - from < longer.size()) {
                            holders.merge(longer.subList(from, to), new Holders(1, times), Holders::plus);
                        }
                    }
                }
            });
            return holders;
        }

        private static String commonest(Map<String, Integer> written) {
            String best = "";
            int most = 0;
            for (Map.Entry<String, Integer> spelling : written.entrySet()) {
                if (spelling.getValue() > most) {
                    best = spelling.getKey();
                    most = spelling.getValue();
                }
            }
            return best;
        }
    }

    private record Holders(int count, int frequency) {

        static final Holders NONE = new Holders(0, 0);

        Holders plus(Holders other) {
            return new Holders(count + other.count, frequency + other.frequency);
        }

        double meanFrequency() {
            return count == 0 ? 0 : (double) frequency / count;
        }
    }
}
