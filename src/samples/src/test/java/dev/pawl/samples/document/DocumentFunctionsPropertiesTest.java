package dev.pawl.samples.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever arrives, there is a result or a refusal, never another failure; and the same input gives the same result. */
class DocumentFunctionsPropertiesTest {

    private static final byte[] PDF = WritePdf.of("Some text on one page.\n\nAnd a second paragraph.");

    private final ExtractText extract = new ExtractText(new ExtractLimits(20, 10_000));

    @Property(tries = 500)
    void randomBytesGiveATextOrARefusal(@ForAll byte[] body, @ForAll("contentTypes") String contentType) {
        assertTextOrRefusal(body, contentType);
    }

    @Property(tries = 300)
    void randomMarkupGivesATextOrARefusal(@ForAll("markup") String page) {
        assertTextOrRefusal(page.getBytes(StandardCharsets.UTF_8), "text/html");
    }

    @Property(tries = 300)
    void aDamagedPdfGivesATextOrARefusal(@ForAll("damages") List<int[]> damages) {
        byte[] damaged = PDF.clone();
        damages.forEach(damage -> damaged[damage[0]] = (byte) damage[1]);

        assertTextOrRefusal(damaged, "application/pdf");
    }

    @Property(tries = 300)
    void anyTextCanBeProcessedAndAlwaysInTheSameWay(
            @ForAll("texts") String text, @ForAll("languages") Language language) {
        List<Keyword> keywords = new ExtractKeywords().extract(text, language, 5);
        String summary = new Summarize().summarize(text, language, 2);
        Readability readability = new ScoreReadability().score(text, language);

        assertThat(keywords).hasSizeLessThanOrEqualTo(5).isEqualTo(new ExtractKeywords().extract(text, language, 5));
        assertThat(keywords).extracting(Keyword::phrase).doesNotHaveDuplicates().doesNotContain("");
        assertThat(summary).isEqualTo(new Summarize().summarize(text, language, 2));
        assertThat(readability.score()).isFinite();
        assertThat(new DetectLanguage().detect(text)).isEqualTo(new DetectLanguage().detect(text));
    }

    @Property(tries = 300)
    void aSummaryIsMadeOfSentencesOfTheTextInTheirOrder(
            @ForAll("texts") String text, @ForAll("languages") Language language) {
        String summary = new Summarize().summarize(text, language, 2);

        List<String> sentences = SplitSentences.of(text, language);
        assertThat(isAtMostTwoOf(sentences, summary))
                .as("'%s' out of %s", summary, sentences)
                .isTrue();
    }

    private static boolean isAtMostTwoOf(List<String> sentences, String summary) {
        if (summary.isEmpty() || sentences.contains(summary)) {
            return true;
        }
        for (int first = 0; first < sentences.size(); first++) {
            for (int second = first + 1; second < sentences.size(); second++) {
                if (summary.equals(sentences.get(first) + " " + sentences.get(second))) {
                    return true;
                }
            }
        }
        return false;
    }

    private void assertTextOrRefusal(byte[] body, String contentType) {
        try {
            ExtractedText text = extract.extract(body, contentType);

            assertThat(text.text())
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(10_000)
                    .doesNotContain("\u0000");
        } catch (DocumentRefused refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<String> contentTypes() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "text/html",
                        "text/plain",
                        "application/pdf",
                        "application/octet-stream",
                        "text/plain;charset=utf-16"),
                Arbitraries.strings().ofMaxLength(30));
    }

    @Provide
    Arbitrary<String> markup() {
        return Arbitraries.of(
                        "<p>",
                        "</p>",
                        "<div",
                        ">",
                        "<script>",
                        "</script>",
                        "<!--",
                        "-->",
                        "&amp;",
                        "&#0;",
                        "&#xd800;",
                        "<br>",
                        "<table><tr>",
                        "<svg>",
                        "<![CDATA[",
                        "text ",
                        "\u0000",
                        "ü",
                        "<template>",
                        "<title>",
                        "'",
                        "\"",
                        "=")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<int[]>> damages() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, PDF.length - 1),
                        Arbitraries.integers().between(0, 255))
                .as((at, value) -> new int[] {at, value})
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> words = Arbitraries.of(
                "whale",
                "sea",
                "The",
                "captain",
                "l'homme",
                "größe",
                "1789",
                "Mr.",
                "I",
                ".",
                "!",
                "?",
                "\n\n",
                "\n",
                "-",
                "猫",
                "。",
                "\u0301",
                "\ud83d\ude00",
                "'",
                "a");
        return Arbitraries.oneOf(
                words.list().ofMaxSize(80).map(parts -> String.join(" ", parts)),
                Arbitraries.strings().ofMaxLength(200));
    }

    @Provide
    Arbitrary<Language> languages() {
        return Arbitraries.of("en", "de", "fr", "ja", "th", "ar", "xx")
                .map(code -> new Language(code, 1))
                .edgeCases(edges -> edges.add(Language.UNDETERMINED));
    }
}
