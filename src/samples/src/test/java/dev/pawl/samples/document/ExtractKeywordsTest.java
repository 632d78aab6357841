package dev.pawl.samples.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractKeywordsTest {

    private static final Language ENGLISH = new Language("en", 1);

    private final ExtractKeywords extract = new ExtractKeywords();

    @Test
    void whatIsSaidMostComesFirstAndStopWordsNever() {
        String text = "The whale swam. The whale dived, and the captain saw the whale. The captain waited.";

        assertThat(phrases(text, ENGLISH, 2)).containsExactly("whale", "captain");
    }

    @Test
    void aRecurringPhraseStandsForItsWords() {
        String text = "The white whale swam. The white whale dived. A captain saw the white whale. The captain waited.";

        assertThat(phrases(text, ENGLISH, 2)).containsExactly("white whale", "captain");
        assertThat(phrases(text, ENGLISH, 100)).doesNotContain("white", "whale");
    }

    @Test
    void aPhraseDoesNotReachOverPunctuation() {
        assertThat(phrases("Salt, pepper. Salt, pepper.", ENGLISH, 10)).containsExactly("Salt", "pepper");
    }

    @Test
    void equalsStandInTheOrderOfTheirFirstAppearance() {
        assertThat(phrases("zebra or apple or mango", ENGLISH, 10)).containsExactly("zebra", "apple", "mango");
    }

    @Test
    void theCommonestSpellingIsShown() {
        assertThat(phrases("Liberty for all. Liberty! And liberty.", ENGLISH, 1))
                .containsExactly("Liberty");
    }

    @Test
    void joinedArticlesAreCutOff() {
        assertThat(phrases("L'homme et la loi. Les droits de l'homme. D'un homme.", new Language("fr", 1), 1))
                .containsExactly("homme");
    }

    @Test
    void aLanguageWithoutStopWordsGivesSingleWords() {
        assertThat(phrases("gati mora gati mora suna", new Language("tlh", 1), 10))
                .containsExactly("gati", "mora", "suna");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ar", "bg", "bn", "br", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga",
                "gl", "hi", "hu", "id", "it", "lt", "lv", "ne", "nl", "no", "pt", "ro", "ru", "sr", "sv", "ta", "te",
                "th", "tr"
            })
    void stopWordsAreKnownForManyLanguages(String code) {
        assertThat(StopWords.of(new Language(code, 1))).hasSizeGreaterThan(30).doesNotContain("");
    }

    @Test
    void encodedDataIsNoKeyWord() {
        assertThat(phrases("x".repeat(51) + " whale", ENGLISH, 10)).containsExactly("whale");
    }

    @Test
    void noMoreThanWantedAreGiven() {
        assertThat(phrases("one whale, two ships, three captains", ENGLISH, 0)).isEmpty();
        assertThat(extract.extract("", ENGLISH, 5)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> extract.extract("text", ENGLISH, -1));
    }

    private List<String> phrases(String text, Language language, int max) {
        return extract.extract(text, language, max).stream()
                .map(Keyword::phrase)
                .toList();
    }
}
