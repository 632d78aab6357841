package dev.pawl.samples.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pawl.samples.document.Readability.Measure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreReadabilityTest {

    private static final Language ENGLISH = new Language("en", 1);

    private final ScoreReadability score = new ScoreReadability();

    @Test
    void englishIsScoredByFlesch() {
        Readability readability = score.score("The cat sat on the mat. It was a fat cat.", ENGLISH);

        // 11 words of one syllable in 2 sentences
        assertThat(readability)
                .isEqualTo(new Readability(
                        Measure.FLESCH_READING_EASE,
                        Math.round((206.835 - 1.015 * 5.5 - 84.6) * 10) / 10.0,
                        Math.round((0.39 * 5.5 + 11.8 - 15.59) * 10) / 10.0,
                        11,
                        2));
    }

    @Test
    void longWordsAndSentencesAreHarder() {
        Readability easy = score.score("We ran home. It was late. The dog was glad.", ENGLISH);
        Readability hard = score.score(
                "Representatives unanimously acknowledged constitutional responsibilities notwithstanding considerable "
                        + "administrative complications.",
                ENGLISH);

        assertThat(easy.score()).isGreaterThan(100);
        assertThat(hard.score()).isLessThan(0);
        assertThat(easy.grade()).isLessThan(hard.grade());
    }

    @Test
    void otherLanguagesAreScoredByLix() {
        Readability readability = score.score("Der Hund bellt. Die Verantwortung ist groß.", new Language("de", 1));

        // 7 words in 2 sentences, one of them of more than six letters
        assertThat(readability).isEqualTo(new Readability(Measure.LIX, 17.8, null, 7, 2));
    }

    @ParameterizedTest
    @CsvSource({"zh,学而时习之，不亦说乎？", "ja,吾輩は猫である。", "en,... !!!", "en,''"})
    void whereWordsCannotBeCountedThereIsNoMeasure(String code, String text) {
        Readability readability = score.score(text, new Language(code, 1));

        assertThat(readability.measure()).isEqualTo(Measure.NONE);
        assertThat(readability.score()).isEqualTo(0, within(0.0));
        assertThat(readability.grade()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "the,1",
        "cat,1",
        "made,1",
        "loved,1",
        "names,1",
        "our,1",
        "people,2",
        "nation,2",
        "little,2",
        "wanted,2",
        "houses,2",
        "boxes,2",
        "churches,2",
        "being,2",
        "science,2",
        "poet,2",
        "lately,2",
        "lion,2",
        "idea,3",
        "area,3",
        "liberty,3",
        "created,3",
        "government,3",
        "continent,3",
        "society,4",
        "dedicated,4",
        "readability,5"
    })
    void syllablesAreEstimatedFromTheSpelling(String word, int syllables) {
        assertThat(EnglishSyllables.in(word)).isEqualTo(syllables);
    }
}
