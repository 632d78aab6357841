package dev.pawl.samples.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedDocumentsTest {

    private final ShippedDocuments documents = new ShippedDocuments();

    static Iterable<ShippedDocument> all() {
        return new ShippedDocuments().list();
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachCanBeProcessedFromItsBytesToItsSummary(ShippedDocument document) throws IOException {
        ExtractedText text;
        try (InputStream bytes = documents.open(document)) {
            text = new ExtractText(ExtractLimits.defaults()).extract(bytes.readAllBytes(), document.mediaType());
        }
        Language language = new DetectLanguage().detect(text.text());

        assertThat(language.code()).isEqualTo(document.language());
        assertThat(new ScoreReadability().score(text.text(), language).words()).isGreaterThan(100);
        assertThat(new ExtractKeywords().extract(text.text(), language, 10)).hasSize(10);
        assertThat(SplitSentences.of(new Summarize().summarize(text.text(), language, 3), language))
                .hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachIsInThePublicDomain(ShippedDocument document) {
        assertThat(document.licence()).isEqualTo("public domain");
        assertThat(document.year()).isLessThan(1900);
    }

    @Test
    void allFormatsAreAmongThem() {
        assertThat(documents.list())
                .extracting(ShippedDocument::mediaType)
                .contains("text/plain;charset=UTF-8", "text/html;charset=UTF-8", "application/pdf");
    }

    @Test
    void thePdfHoldsTheTextItWasSetFrom() throws IOException {
        ShippedDocument pdf = documents.find("declaration-of-independence.pdf").orElseThrow();
        try (InputStream bytes = documents.open(pdf);
                InputStream source = getClass().getResourceAsStream("/declaration-of-independence.txt")) {
            String text = new ExtractText(ExtractLimits.defaults())
                    .extract(bytes.readAllBytes(), pdf.mediaType())
                    .text();

            assertThat(text).isEqualToNormalizingWhitespace(new String(source.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.json", "../documents/index.json", "", "no-such.txt", "/etc/passwd"})
    void nothingButTheDocumentsOfTheIndexIsFound(String file) {
        assertThat(documents.find(file)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> documents.open(new ShippedDocument(file, "", "", 0, "en", "")));
    }
}
