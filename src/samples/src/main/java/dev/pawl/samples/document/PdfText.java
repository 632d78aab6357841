package dev.pawl.samples.document;

import static dev.pawl.samples.document.DocumentRefused.Reason.ENCRYPTED;
import static dev.pawl.samples.document.DocumentRefused.Reason.TOO_LARGE;
import static dev.pawl.samples.document.DocumentRefused.Reason.UNREADABLE;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of a PDF in reading order, one paragraph per block. */
final class PdfText {

    /**
     * PDFBox logs a line for every fault of a document, and a hostile one can have any number of them. What makes a
     * document unreadable is told by the refusal. Held here, since the log manager forgets loggers that nobody holds.
     */
    private static final List<Logger> TALKATIVE =
            List.of(Logger.getLogger("org.apache.pdfbox"), Logger.getLogger("org.apache.fontbox"));

    static {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.OFF));
        FontMappers.set(new BundledFontOnly());
    }

    private PdfText() {}

    static String of(byte[] body, ExtractLimits limits) {
        PdfInflation.check(body);
        try (PDDocument document = Loader.loadPDF(body)) {
            if (!document.getCurrentAccessPermission().canExtractContent()) {
                throw new DocumentRefused(ENCRYPTED, "The author of the PDF does not allow its text to be taken out");
            }
            if (document.getNumberOfPages() > limits.maxPages()) {
                throw new DocumentRefused(
                        TOO_LARGE,
                        "The PDF has " + document.getNumberOfPages() + " pages; the limit is " + limits.maxPages());
            }
            LimitedWriter text = new LimitedWriter(limits.maxCharacters());
            stripper().writeText(document, text);
            return text.toString();
        } catch (InvalidPasswordException e) {
            throw new DocumentRefused(ENCRYPTED, "The PDF needs a password", e);
        } catch (DocumentRefused e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // a broken PDF shows itself as any of these, depending on where it is broken
            throw new DocumentRefused(UNREADABLE, "The PDF is broken: " + e.getMessage(), e);
        }
    }

    private static PDFTextStripper stripper() {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setSortByPosition(true);
        stripper.setLineSeparator("\n");
        stripper.setParagraphEnd("\n");
        stripper.setPageEnd("\n");
        return stripper;
    }

    /** Stops a small file that unfolds into an endless text. */
    private static final class LimitedWriter extends Writer {

        private final StringWriter text = new StringWriter();
        private final int limit;

        /** The strict limit is set on the cleaned text; until then white space may double its length. */
        LimitedWriter(int limit) {
            this.limit = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * limit + 1_024);
        }

        @Override
        public void write(char[] buffer, int offset, int length) {
            if (text.getBuffer().length() + length > limit) {
                throw new DocumentRefused(TOO_LARGE, "The text of the PDF is longer than the limit allows");
            }
            text.write(buffer, offset, length);
        }

        @Override
        public void flush() {
            text.flush();
        }

        @Override
        public void close() throws IOException {
            text.close();
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
