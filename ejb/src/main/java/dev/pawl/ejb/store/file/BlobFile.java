package dev.pawl.ejb.store.file;

import dev.pawl.engine.port.BlobInfo;
import dev.pawl.engine.port.OpenBlob;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The form of a file: a line each of what is known of the blob, then its bytes. */
final class BlobFile {

    private static final String FORM = "pawl-blob 1";
    private static final int LINES = 5;
    private static final int LONGEST_LINE = 8_192;
    private static final int BUFFER = 65_536;

    private BlobFile() {}

    /** Writes a new file and returns once it is on the disk. */
    static BlobInfo write(Path file, String key, String version, String contentType, Instant now, InputStream content)
            throws IOException {
        String head = String.join("\n", List.of(FORM, version, now.toString(), contentType, key)) + "\n";
        byte[] bytes = head.getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            out.write(bytes);
            byte[] buffer = new byte[BUFFER];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                out.write(buffer, 0, read);
            }
            channel.force(true);
            return new BlobInfo(key, version, contentType, channel.size() - bytes.length, now);
        }
    }

    static Optional<BlobInfo> info(Path file) throws IOException {
        Optional<OpenBlob> open = open(file);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        try (OpenBlob blob = open.get()) {
            return Optional.of(blob.info());
        }
    }

    static Optional<OpenBlob> open(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            for (int line = 0; line < LINES; line++) {
                readLine(in, head, file);
            }
            String[] lines = head.toString(StandardCharsets.UTF_8).split("\n");
            if (!lines[0].equals(FORM)) {
                throw new IOException(file + " is no blob: it begins with '" + lines[0] + "'");
            }
            BlobInfo info =
                    new BlobInfo(lines[4], lines[1], lines[3], channel.size() - head.size(), Instant.parse(lines[2]));
            return Optional.of(new OpenBlob(info, in));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void readLine(InputStream in, ByteArrayOutputStream head, Path file) throws IOException {
        int end = head.size() + LONGEST_LINE;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || head.size() == end) {
                throw new IOException(file + " is no blob: its head is broken");
            }
            head.write(next);
        }
        head.write('\n');
    }
}
