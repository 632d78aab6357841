package dev.pawl.samples.document;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Estimates the syllables of an English word from its spelling: its groups of vowels, less those that are silent, plus those
 * that are written together but spoken apart.
 */
final class EnglishSyllables {

    private static final Pattern NOT_LETTERS = Pattern.compile("[^a-z]");
    private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");

    /** At most one of them holds of a word. */
    private static final Pattern SILENT = Pattern.compile(
            // made, but not lit-tle
            "(?<![^aeiouy]l)(?<=[^aeiouy])e$"
                    // loved, but not want-ed
                    + "|(?<=[^aeiouytd])ed$"
                    // names, but not hous-es, box-es, church-es
                    + "|(?<=[^aeiouyscxzgh])es$"
                    // late-ly
                    + "|(?<=[^aeiouyl])ely$");

    private static final List<Pattern> SPOKEN_APART = List.of(
            // li-on, me-di-a, but not na-tion, so-cial, re-gion
            Pattern.compile("(?<=[^tscgx])i[aou]"),
            // so-ci-e-ty, sci-ence, qui-et
            Pattern.compile("(?<=sc|soc|qu|var)ie"),
            // cre-a-ted, the-a-tre
            Pattern.compile("(?<=cr|th)eat[eior]"),
            // i-de-a, a-re-a
            Pattern.compile("(?<=id|ar)ea"),
            // du-al, e-qual-i-ty not
            Pattern.compile("(?<=[^gq])u[ao]"),
            // vi-de-o, ge-om-e-try, but not peo-ple
            Pattern.compile("(?<=d|g|l|n|th)eo"),
            // po-et, po-em
            Pattern.compile("(?<=p)oe"),
            // be-ing, say-ing
            Pattern.compile("[aeouy]ing"));

    private EnglishSyllables() {}

    /** At least 1. */
    static int in(String word) {
        String letters = NOT_LETTERS.matcher(word.toLowerCase(Locale.ROOT)).replaceAll("");
        int count = (int) VOWELS.matcher(letters).results().count();
        if (SILENT.matcher(letters).find()) {
            count--;
        }
        for (Pattern apart : SPOKEN_APART) {
            count += (int) apart.matcher(letters).results().count();
        }
        return Math.max(1, count);
    }
}
