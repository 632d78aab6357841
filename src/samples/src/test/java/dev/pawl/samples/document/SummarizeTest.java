package dev.pawl.samples.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummarizeTest {

    private static final Language ENGLISH = new Language("en", 1);
    private static final String TEXT = """
            ON WHALES

            The whale is the largest animal of the sea. My aunt prefers green tea in winter.
            A whale breathes air, as every animal of the land does. Yesterday it rained a little.

            The sea feeds the whale with very small shrimps. He laughed about that for days.
            """;

    private final Summarize summarize = new Summarize();

    @Test
    void theSentencesThatSayWhatTheTextIsAboutStandInTheirOrder() {
        assertThat(summarize.summarize(TEXT, ENGLISH, 3))
                .isEqualTo(
                        "The whale is the largest animal of the sea. A whale breathes air, as every animal of the land does."
                                + " The sea feeds the whale with very small shrimps.");
    }

    @Test
    void aSentenceIsNotSaidTwiceWhileThereIsSomethingElseToSay() {
        String twice = "The whale swims in the sea. The whale swims in the sea. The captain watches the whale closely.";

        assertThat(summarize.summarize(twice, ENGLISH, 2))
                .isEqualTo("The whale swims in the sea. The captain watches the whale closely.");
    }

    @Test
    void aTextOfFewSentencesIsItsOwnSummary() {
        assertThat(summarize.summarize("One  sentence\nonly.", ENGLISH, 3)).isEqualTo("One sentence only.");
        assertThat(summarize.summarize("", ENGLISH, 3)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> summarize.summarize(TEXT, ENGLISH, 0));
    }

    @Test
    void aTextWithoutWholeSentencesIsSummarizedByItsLines() {
        assertThat(summarize.summarize("eggs\n\nmilk\n\neggs\n\nbread", ENGLISH, 2))
                .contains("eggs");
    }

    @Test
    void aSentenceWithoutEndIsCutOffBetweenItsWords() {
        String summary = summarize.summarize("word ".repeat(5_000), ENGLISH, 1);

        assertThat(summary).hasSizeLessThanOrEqualTo(Summarize.MAX_CHARACTERS).endsWith("word \u2026");
        assertThat(summarize.summarize("x".repeat(5_000), ENGLISH, 1)).hasSize(Summarize.MAX_CHARACTERS);
    }

    @Test
    void sentencesAreSplitByTheRulesOfTheLanguage() {
        assertThat(SplitSentences.of("これは本です。あれは猫です。", new Language("ja", 1))).containsExactly("これは本です。", "あれは猫です。");
    }

    @Test
    void titlesAndInitialsDoNotEndASentence() {
        assertThat(SplitSentences.of("Mr. Smith met J. R. Jones. They talked.", ENGLISH))
                .isEqualTo(List.of("Mr. Smith met J. R. Jones.", "They talked."));
    }

    @Test
    void aBlankLineEndsASentenceAndALineBreakDoesNot() {
        assertThat(SplitSentences.of("A heading\n\nIt goes\non here.", ENGLISH))
                .containsExactly("A heading", "It goes on here.");
    }
}
