package dev.pawl.samples.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Sets plain text as a PDF: made the shipped Declaration of Independence, and makes the PDFs of the tests. */
final class WritePdf {

    private static final float SIZE = 11;
    private static final float LEADING = 15;
    private static final float MARGIN = 72;

    private WritePdf() {}

    /** Run with the file to write as the one argument. */
    public static void main(String[] arguments) throws IOException {
        try (InputStream text = WritePdf.class.getResourceAsStream("/declaration-of-independence.txt");
                PDDocument document = set(new String(text.readAllBytes(), StandardCharsets.UTF_8))) {
            document.getDocumentInformation().setTitle("The Declaration of Independence");
            Files.write(Path.of(arguments[0]), bytes(document));
        }
    }

    static byte[] of(String text) {
        try (PDDocument document = set(text)) {
            return bytes(document);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] bytes(PDDocument document) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }

    static PDDocument set(String text) throws IOException {
        PDDocument document = new PDDocument();
        PDFont font = PDType0Font.load(
                document,
                PDDocument.class.getResourceAsStream("/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf"));
        List<String> lines = lines(text, font, PDRectangle.A4.getWidth() - 2 * MARGIN);
        int perPage = (int) ((PDRectangle.A4.getHeight() - 2 * MARGIN) / LEADING);
        for (int from = 0; from < lines.size(); from += perPage) {
            PDPage page = new PDPage(PDRectangle.A4);
            document.addPage(page);
            write(document, page, font, lines.subList(from, Math.min(lines.size(), from + perPage)));
        }
        return document;
    }

    private static void write(PDDocument document, PDPage page, PDFont font, List<String> lines) throws IOException {
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(font, SIZE);
            content.setLeading(LEADING);
            content.newLineAtOffset(MARGIN, PDRectangle.A4.getHeight() - MARGIN - SIZE);
            for (String line : lines) {
                content.showText(line);
                content.newLine();
            }
            content.endText();
        }
    }

    private static List<String> lines(String text, PDFont font, float width) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.strip().split("\\n\\n")) {
            String line = "";
            for (String word : paragraph.split("\\s+")) {
                String longer = line.isEmpty() ? word : line + " " + word;
                if (font.getStringWidth(longer) / 1000 * SIZE > width) {
                    lines.add(line);
                    longer = word;
                }
                line = longer;
            }
            lines.add(line);
            lines.add("");
        }
        lines.remove(lines.size() - 1);
        return lines;
    }
}
