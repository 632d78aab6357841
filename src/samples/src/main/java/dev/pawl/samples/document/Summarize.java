package dev.pawl.samples.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes a summary out of a text's own sentences, in the manner of SumBasic (Nenkova and Vanderwende, "The Impact of
 * Frequency on Summarization", 2005): the sentence whose words are the most frequent comes first, and words once said count
 * half as much, so that the next sentence says something else; one that adds no word is taken only when no other is left.
 * Words used only once do not count. Sentences near the beginning get a little more, since authors open with what matters.
 *
 * <p>The sentences stand in the order of the text, unchanged but for one of more than {@value #MAX_CHARACTERS} characters,
 * which is a table or a list rather than a sentence and is cut off with an ellipsis. The same text always gives the same summary.
 */
public final class Summarize {

    static final int MAX_CHARACTERS = 2_000;

    private static final int MIN_WORDS = 4;
    private static final int MAX_WORDS = 80;
    private static final double OPENING_BONUS = 0.25;

    /**
     * @param sentences the most sentences wanted
     * @return those sentences, parted by a space; all of the text where it has no more
     */
    public String summarize(String text, Language language, int sentences) {
        if (sentences < 1) {
            throw new IllegalArgumentException("A summary has at least one sentence, but " + sentences + " are wanted");
        }
        List<String> all = SplitSentences.of(text, language);
        if (all.size() <= sentences) {
            return joined(all);
        }
        List<Candidate> left = candidates(all, language);
        Map<String, Double> weights = weights(left);
        Set<String> said = new HashSet<>();
        TreeSet<Integer> chosen = new TreeSet<>();
        while (chosen.size() < sentences && !left.isEmpty()) {
            Candidate best = best(left, weights, said, all.size());
            left.remove(best);
            chosen.add(best.position());
            said.addAll(best.terms());
            best.terms().forEach(term -> weights.computeIfPresent(term, (word, weight) -> weight / 2));
        }
        return joined(chosen.stream().map(all::get).toList());
    }

    private static String joined(List<String> sentences) {
        return sentences.stream().map(Summarize::cutOff).collect(Collectors.joining(" "));
    }

    private static String cutOff(String sentence) {
        if (sentence.length() <= MAX_CHARACTERS) {
            return sentence;
        }
        int space = sentence.lastIndexOf(' ', MAX_CHARACTERS - 2);
        int end = space > 0 ? space : MAX_CHARACTERS - 2;
        boolean splitsAPair = Character.isHighSurrogate(sentence.charAt(end - 1));
        return sentence.substring(0, splitsAPair ? end - 1 : end) + " \u2026";
    }

    /** Headings and fragments are left out, unless there is nothing else. */
    private static List<Candidate> candidates(List<String> sentences, Language language) {
        Set<String> stopWords = StopWords.of(language);
        List<Candidate> whole = new ArrayList<>();
        List<Candidate> every = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            List<String> words = SplitWords.of(sentences.get(i), language);
            Candidate candidate = new Candidate(i, terms(words, stopWords, language));
            every.add(candidate);
            if (endsLikeASentence(sentences.get(i)) && words.size() >= MIN_WORDS && words.size() <= MAX_WORDS) {
                whole.add(candidate);
            }
        }
        return whole.isEmpty() ? every : whole;
    }

    private static Set<String> terms(List<String> words, Set<String> stopWords, Language language) {
        Set<String> terms = new LinkedHashSet<>();
        for (String word : words) {
            String term = SplitWords.withoutElision(word, language).toLowerCase(language.locale());
            if (!stopWords.contains(term) && Character.isLetter(term.codePointAt(0))) {
                terms.add(term);
            }
        }
        return terms;
    }

    private static boolean endsLikeASentence(String sentence) {
        int end = sentence.length();
        while (end > 1 && "\"'\u201d\u2019\u00bb)]".indexOf(sentence.charAt(end - 1)) >= 0) {
            end--;
        }
        return ".!?\u2026;:\u3002\uff01\uff1f\u0964\u061f".indexOf(sentence.charAt(end - 1)) >= 0;
    }

    /** In how many sentences besides its first each word stands. */
    private static Map<String, Double> weights(List<Candidate> candidates) {
        Map<String, Double> weights = new HashMap<>();
        for (Candidate candidate : candidates) {
            candidate.terms().forEach(term -> weights.merge(term, 0.0, (before, first) -> before + 1));
        }
        return weights;
    }

    private static Candidate best(
            List<Candidate> candidates, Map<String, Double> weights, Set<String> said, int sentences) {
        Candidate best = candidates.get(0);
        double highest = Double.NEGATIVE_INFINITY;
        for (Candidate candidate : candidates) {
            double score = said.containsAll(candidate.terms()) ? -1 : candidate.score(weights, sentences);
            if (score > highest) {
                best = candidate;
                highest = score;
            }
        }
        return best;
    }

    private record Candidate(int position, Set<String> terms) {

        double score(Map<String, Double> weights, int sentences) {
            double sum = 0;
            for (String term : terms) {
                sum += weights.getOrDefault(term, 0.0);
            }
            // the divisor keeps a sentence of one frequent word from winning
            double mean = sum / (terms.size() + 2);
            return mean * (1 + OPENING_BONUS * (1 - (double) position / sentences));
        }
    }
}
