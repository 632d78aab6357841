package dev.pawl.samples.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pawl.samples.document.DocumentRefused.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractTextTest {

    private final ExtractText extract = new ExtractText(ExtractLimits.defaults());

    @Test
    void htmlIsReadAsParagraphsWithoutScriptsStylesAndMenus() {
        String page = """
                <!doctype html><html><head><title>Not read</title><style>p { color: red }</style></head>
                <body><nav><a href="/">Home</a></nav><h1>A  title</h1><p>One <b>bold</b>
                sentence.</p><p>Two<br>lines.</p><script>alert('no')</script><ul><li>first</li><li>second</li></ul>
                <p hidden>Hidden.</p></body></html>
                """;

        ExtractedText text = extract.extract(utf8(page), "text/html");

        assertThat(text.format()).isEqualTo(DocumentFormat.HTML);
        assertThat(text.text().lines().filter(line -> !line.isBlank()).map(String::strip))
                .containsExactly("A title", "One bold sentence.", "Two", "lines.", "first", "second");
        assertThat(text.text()).contains("A title\n\nOne bold");
    }

    @Test
    void htmlIsDecodedAsItsOwnMetaElementSaysWhenTheServerIsSilent() {
        byte[] page =
                "<html><meta charset='iso-8859-1'><p>Grüße aus Köln</p></html>".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(extract.extract(page, "text/html").text()).isEqualTo("Grüße aus Köln");
    }

    @Test
    void pdfIsReadInParagraphs() {
        byte[] pdf =
                WritePdf.of("The first paragraph.\n\nThe second paragraph, which is somewhat longer than the first.");

        ExtractedText text = extract.extract(pdf, "application/pdf");

        assertThat(text.format()).isEqualTo(DocumentFormat.PDF);
        assertThat(text.text().split("\\n\\s*\\n"))
                .containsExactly(
                        "The first paragraph.", "The second paragraph, which is somewhat longer than the first.");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8,text/plain",
        "UTF-8,",
        "UTF-8,text/plain; charset=no-such-charset",
        "UTF-8,text/markdown",
        "ISO-8859-1,text/plain; charset=ISO-8859-1",
        "ISO-8859-1,text/plain",
        "UTF-16BE,text/plain;charset=utf-16be"
    })
    void plainTextIsDecodedAsDeclaredOrAsItMustBe(Charset charset, String contentType) {
        assertThat(extract.extract("Grüße aus Köln".getBytes(charset), contentType))
                .isEqualTo(new ExtractedText("Grüße aus Köln", DocumentFormat.PLAIN_TEXT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aByteOrderMarkOutranksWhatTheServerSays(Charset charset) {
        byte[] body = "\uFEFFGrüße".getBytes(charset);

        assertThat(extract.extract(body, "text/plain; charset=windows-1252").text())
                .isEqualTo("Grüße");
    }

    @Test
    void theBytesDecideWhereTheServerSaysNothingOfUse() {
        byte[] pdf = WritePdf.of("Some text.");

        assertThat(extract.extract(pdf, null).format()).isEqualTo(DocumentFormat.PDF);
        assertThat(extract.extract(pdf, "text/html").format()).isEqualTo(DocumentFormat.PDF);
        assertThat(extract.extract(utf8("\n <!DOCTYPE html><p>x"), "application/octet-stream")
                        .format())
                .isEqualTo(DocumentFormat.HTML);
        assertThat(extract.extract(utf8("Just text."), null).format()).isEqualTo(DocumentFormat.PLAIN_TEXT);
    }

    @Test
    void htmlServedAsPlainTextStaysPlain() {
        assertThat(extract.extract(utf8("<html><p>x</p></html>"), "text/plain").text())
                .isEqualTo("<html><p>x</p></html>");
    }

    @Test
    void controlCharactersAndBrokenSurrogatesAreLeftOut() {
        assertThat(extract.extractInline("a\u0000b\r\nc\ud800d\u0007\te").text())
                .isEqualTo("ab\ncd\te");
    }

    @Test
    void binaryDataIsRefusedWhateverTheServerCallsIt() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};

        assertRefused(png, "text/plain", Reason.MEDIA_TYPE);
        assertRefused(png, null, Reason.MEDIA_TYPE);
        assertRefused(utf8("text"), "image/png", Reason.MEDIA_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/html"})
    void whatHoldsNoTextIsRefused(String contentType) {
        assertRefused(new byte[0], contentType, Reason.NO_TEXT);
        assertRefused(utf8(" \n\t "), contentType, Reason.NO_TEXT);
    }

    @Test
    void aPdfWithoutTextIsRefused() throws IOException {
        try (PDDocument scan = new PDDocument()) {
            scan.addPage(new PDPage());

            assertRefused(WritePdf.bytes(scan), null, Reason.NO_TEXT);
        }
    }

    @Test
    void aBrokenPdfIsRefused() {
        byte[] whole = WritePdf.of("Some text.");

        assertRefused(utf8("%PDF-1.7\nand nothing else"), null, Reason.UNREADABLE);
        assertRefused(utf8("this is no PDF"), "application/pdf", Reason.UNREADABLE);
        assertRefused(Arrays.copyOf(whole, 200), null, Reason.UNREADABLE);
    }

    @Test
    void aPdfThatNeedsAPasswordIsRefused() throws IOException {
        assertRefused(encrypted("for the reader", new AccessPermission()), null, Reason.ENCRYPTED);
    }

    @Test
    void aPdfWhoseAuthorForbidsExtractionIsRefused() throws IOException {
        AccessPermission readOnly = new AccessPermission();
        readOnly.setCanExtractContent(false);

        assertRefused(encrypted("", readOnly), null, Reason.ENCRYPTED);
    }

    @Test
    void anEncryptedPdfThatAnybodyMayReadIsRead() throws IOException {
        assertThat(extract.extract(encrypted("", new AccessPermission()), null).text())
                .isEqualTo("Protected text.");
    }

    @Test
    void aPdfWithMorePagesThanAllowedIsRefused() {
        byte[] pdf = WritePdf.of("Line.\n\n".repeat(200));

        ExtractText strict = new ExtractText(new ExtractLimits(2, 100_000));

        assertThatExceptionOfType(DocumentRefused.class)
                .isThrownBy(() -> strict.extract(pdf, null))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @Test
    void aTextLongerThanAllowedIsRefusedAndNotCutShort() {
        ExtractText strict = new ExtractText(new ExtractLimits(10, 20));

        assertThat(strict.extractInline("x".repeat(20)).text()).hasSize(20);
        for (byte[] body :
                new byte[][] {utf8("x".repeat(21)), utf8("<html>" + "x".repeat(21)), WritePdf.of("word ".repeat(2_000))
                }) {
            assertThatExceptionOfType(DocumentRefused.class)
                    .isThrownBy(() -> strict.extract(body, null))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aPdfThatUnfoldsWithoutBoundIsRefusedBeforeItFillsTheMemory(int layers) throws IOException {
        byte[] bomb = deflatedSpaces(400_000_000, layers);
        byte[] pdf = pdfWithContent(bomb, layers);

        assertThat(pdf.length).isLessThan(1_000_000);
        assertRefused(pdf, null, Reason.TOO_LARGE);
    }

    @Test
    @Timeout(20)
    void manyFalseStreamsInAPdfDoNotHoldTheServer() {
        byte[] pdf = utf8("%PDF-1.7\n" + "stream\n".repeat(1_400_000));

        assertThatExceptionOfType(DocumentRefused.class).isThrownBy(() -> extract.extract(pdf, null));
    }

    private void assertRefused(byte[] body, String contentType, Reason reason) {
        assertThatExceptionOfType(DocumentRefused.class)
                .isThrownBy(() -> extract.extract(body, contentType))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] encrypted(String userPassword, AccessPermission permission) throws IOException {
        try (PDDocument document = WritePdf.set("Protected text.")) {
            document.protect(new StandardProtectionPolicy("of the owner", userPassword, permission));
            return WritePdf.bytes(document);
        }
    }

    private static byte[] deflatedSpaces(long size, int layers) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        OutputStream out = deflated;
        for (int i = 0; i < layers; i++) {
            out = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION));
        }
        byte[] spaces = new byte[1_000_000];
        Arrays.fill(spaces, (byte) ' ');
        for (long left = size; left > 0; left -= spaces.length) {
            out.write(spaces);
        }
        out.close();
        return deflated.toByteArray();
    }

    private static byte[] pdfWithContent(byte[] deflated, int layers) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            COSStream stream = document.getDocument().createCOSStream();
            try (OutputStream raw = stream.createRawOutputStream()) {
                raw.write(deflated);
            }
            PDStream contents = new PDStream(stream);
            contents.setFilters(Collections.nCopies(layers, COSName.FLATE_DECODE));
            page.setContents(contents);
            return WritePdf.bytes(document);
        }
    }
}
