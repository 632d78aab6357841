package dev.pawl.samples.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** What a reader of an HTML page reads: no scripts, no styles, no menus; one paragraph per block. */
final class HtmlText {

    private static final String NOT_READ = "head, script, style, template, noscript, nav, svg, [hidden]";

    private HtmlText() {}

    static String of(byte[] body, @Nullable Charset declared) {
        Document page = parse(body, declared);
        page.select(NOT_READ).remove();
        Paragraphs paragraphs = new Paragraphs();
        page.traverse(paragraphs);
        return paragraphs.text.toString();
    }

    private static Document parse(byte[] body, @Nullable Charset declared) {
        try {
            return Jsoup.parse(new ByteArrayInputStream(body), declared == null ? null : declared.name(), "");
        } catch (IOException e) {
            throw new DocumentRefused(
                    DocumentRefused.Reason.UNREADABLE, "The HTML cannot be read: " + e.getMessage(), e);
        }
    }

    private static final class Paragraphs implements NodeVisitor {

        private final StringBuilder text = new StringBuilder();

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode words) {
                append(words.text());
            } else if (node instanceof Element element && element.nameIs("br")) {
                text.append('\n');
            } else {
                breakAround(node);
            }
        }

        @Override
        public void tail(Node node, int depth) {
            breakAround(node);
        }

        private void append(String words) {
            boolean atStart = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
            text.append(atStart ? words.stripLeading() : words);
        }

        private void breakAround(Node node) {
            if (node instanceof Element element && element.isBlock() && !text.isEmpty()) {
                int end = text.length();
                if (end < 2 || text.charAt(end - 1) != '\n' || text.charAt(end - 2) != '\n') {
                    text.append("\n\n");
                }
            }
        }
    }
}
