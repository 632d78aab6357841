package dev.pawl.samples.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Refuses a PDF whose compressed streams unfold into more than memory should hold, before PDFBox unfolds them: deflate can
 * turn 10 MB into 10 GB. Looks at the bytes alone, since even loading a PDF unfolds some of them.
 *
 * <p>Sees streams compressed with deflate, also twice or three times, as nearly all are; one that hides behind another
 * encoding or an encryption passes.
 */
final class PdfInflation {

    static final long MAX_ONE_STREAM = 64_000_000;
    static final long MAX_ALL_STREAMS = 512_000_000;

    private static final byte[] KEYWORD = {'s', 't', 'r', 'e', 'a', 'm'};
    private static final int MAX_LAYERS = 3;

    private PdfInflation() {}

    /** @throws DocumentRefused when one stream, or all together, would grow beyond the limits */
    static void check(byte[] pdf) {
        long all = 0;
        for (int at = next(pdf, 0); at >= 0; at = next(pdf, at)) {
            long one = largestLayer(pdf, at);
            all += one;
            if (one > MAX_ONE_STREAM || all > MAX_ALL_STREAMS) {
                throw new DocumentRefused(
                        DocumentRefused.Reason.TOO_LARGE,
                        "The PDF unfolds into more than " + (one > MAX_ONE_STREAM ? MAX_ONE_STREAM : MAX_ALL_STREAMS)
                                + " bytes");
            }
        }
    }

    /** Where the data of the next stream begins, after {@code stream} and its line end; -1 when there is none. */
    private static int next(byte[] pdf, int from) {
        for (int i = from; i + KEYWORD.length < pdf.length; i++) {
            if (matches(pdf, i)) {
                int start = i + KEYWORD.length;
                if (pdf[start] == '\r') {
                    start++;
                }
                if (start < pdf.length && pdf[start] == '\n') {
                    start++;
                }
                return start;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] pdf, int at) {
        for (int i = 0; i < KEYWORD.length; i++) {
            if (pdf[at + i] != KEYWORD[i]) {
                return false;
            }
        }
        return true;
    }

    private static long largestLayer(byte[] pdf, int start) {
        long largest = 0;
        for (int layers = 1; layers <= MAX_LAYERS && largest <= MAX_ONE_STREAM; layers++) {
            long size = inflatedSize(pdf, start, layers);
            if (size == 0) {
                break;
            }
            largest = Math.max(largest, size);
        }
        return largest;
    }

    /** Counts until the limit is passed or the data ends, be it because it never was deflate. */
    private static long inflatedSize(byte[] pdf, int start, int layers) {
        InputStream in = new ByteArrayInputStream(pdf, start, pdf.length - start);
        Inflater[] inflaters = new Inflater[layers];
        byte[] buffer = new byte[16_384];
        long size = 0;
        try {
            for (int i = 0; i < layers; i++) {
                // PDFBox, too, skips the two bytes of the zlib header without a look
                in.skipNBytes(2);
                inflaters[i] = new Inflater(true);
                in = new InflaterInputStream(in, inflaters[i], 4_096);
            }
            for (int n = in.read(buffer); n >= 0 && size <= MAX_ONE_STREAM; n = in.read(buffer)) {
                size += n;
            }
        } catch (IOException endOfWhatIsDeflated) {
            return size;
        } finally {
            for (Inflater inflater : inflaters) {
                if (inflater != null) {
                    inflater.end();
                }
            }
        }
        return size;
    }
}
