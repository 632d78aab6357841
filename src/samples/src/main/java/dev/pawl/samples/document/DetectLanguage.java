package dev.pawl.samples.document;

import com.optimaize.langdetect.DetectedLanguage;
import com.optimaize.langdetect.LanguageDetector;
import com.optimaize.langdetect.LanguageDetectorBuilder;
import com.optimaize.langdetect.ngram.NgramExtractors;
import com.optimaize.langdetect.profiles.LanguageProfileReader;
import com.optimaize.langdetect.text.CommonTextObjectFactories;
import com.optimaize.langdetect.text.TextObjectFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Tells in which of some 70 languages a text is written, by the frequency of its letter groups (Cavnar and Trenkle,
 * "N-Gram-Based Text Categorization", 1994).
 *
 * <p>{@link Language#UNDETERMINED} when there are fewer than {@value #MIN_LETTERS} letters or no language stands out. The
 * confidence compares the known languages with one another; so a text in none of them, or in no language at all, may be
 * taken with confidence for the one it is most like.
 */
public final class DetectLanguage {

    static final int MIN_LETTERS = 20;

    /** More text makes the answer slower and no better. */
    private static final int MAX_CHARACTERS = 20_000;

    private static final double MIN_CONFIDENCE = 0.7;

    public Language detect(String text) {
        String sample = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text;
        if (sample.codePoints().filter(Character::isLetter).count() < MIN_LETTERS) {
            return Language.UNDETERMINED;
        }
        List<DetectedLanguage> found = Profiles.DETECTOR.getProbabilities(Profiles.TEXTS.forText(sample));
        if (found.isEmpty() || found.get(0).getProbability() < MIN_CONFIDENCE) {
            return Language.UNDETERMINED;
        }
        DetectedLanguage best = found.get(0);
        return new Language(best.getLocale().getLanguage(), Math.min(1, best.getProbability()));
    }

    /** Read once, at first use: takes about a second. */
    private static final class Profiles {

        static final TextObjectFactory TEXTS = CommonTextObjectFactories.forDetectingOnLargeText();
        static final LanguageDetector DETECTOR = read();

        private static LanguageDetector read() {
            try {
                return LanguageDetectorBuilder.create(NgramExtractors.standard())
                        .withProfiles(new LanguageProfileReader().readAllBuiltIn())
                        .build();
            } catch (IOException e) {
                throw new UncheckedIOException("The language profiles cannot be read", e);
            }
        }
    }
}
