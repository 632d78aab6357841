package dev.pawl.samples.document;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Splits a text into its sentences by the rules of its language; a blank line ends one in any case. */
final class SplitSentences {

    private static final Pattern PARAGRAPH_BREAK = Pattern.compile("\\n[ \\t]*\\n\\s*");
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    /** The rules of Java end a sentence after these; no sentence does. */
    private static final Set<String> ABBREVIATIONS = Set.of(
            "Mr.", "Mrs.", "Ms.", "Dr.", "St.", "Prof.", "Gen.", "Hon.", "Rev.", "vs.", "cf.", "e.g.", "i.e.", "Nr.",
            "bzw.", "z.", "Hr.", "MM.", "Mme.", "art.", "Sr.", "Sra.");

    private static final Pattern INITIAL = Pattern.compile("\\p{Lu}\\.");

    private SplitSentences() {}

    /** Each sentence on one line, without white space around it. */
    static List<String> of(String text, Language language) {
        List<String> sentences = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getSentenceInstance(language.locale());
        for (String paragraph : PARAGRAPH_BREAK.split(text)) {
            String line = WHITE_SPACE.matcher(paragraph).replaceAll(" ").strip();
            if (!line.isEmpty()) {
                splitLine(line, breaks, sentences);
            }
        }
        return sentences;
    }

    private static void splitLine(String line, BreakIterator breaks, List<String> sentences) {
        breaks.setText(line);
        int start = 0;
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (end < line.length() && endsInAbbreviation(line, start, end)) {
                continue;
            }
            String sentence = line.substring(start, end).strip();
            if (!sentence.isEmpty()) {
                sentences.add(sentence);
            }
            start = end;
        }
    }

    private static boolean endsInAbbreviation(String line, int start, int end) {
        int last = end;
        while (last > start && line.charAt(last - 1) == ' ') {
            last--;
        }
        int space = line.lastIndexOf(' ', last - 1);
        String word = line.substring(Math.max(space + 1, start), last);
        return ABBREVIATIONS.contains(word) || INITIAL.matcher(word).matches();
    }
}
