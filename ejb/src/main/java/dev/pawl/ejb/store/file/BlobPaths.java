package dev.pawl.ejb.store.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where the file of a key lies. Every segment of a key is one name of small letters, digits, {@code _} and {@code -}, with
 * {@code %xx} for any other byte of its UTF-8, so that no key leads out of the folder and keys that differ have files that
 * differ on every file system. A long segment has its beginning and a hash instead, and is read from the file itself.
 */
final class BlobPaths {

    /** What a file's name ends with; a folder's never does, because of its dot. */
    static final String ENDING = ".blob";

    private static final String EMPTY = "%";
    private static final char SHORTENED = '~';
    private static final int LONGEST_NAME = 120;
    private static final int KEPT_OF_A_LONG_NAME = 50;
    private static final HexFormat HEX = HexFormat.of();

    private final Path root;

    BlobPaths(Path root) {
        this.root = root;
    }

    Path fileOf(String key) {
        int last = key.lastIndexOf('/');
        String name = nameOf(key.substring(last + 1)) + ENDING;
        return last < 0 ? root.resolve(name) : folderOf(key.substring(0, last)).resolve(name);
    }

    /** The folder below which every key with this prefix lies. */
    Path folderBelow(String prefix) {
        int last = prefix.lastIndexOf('/');
        return last < 0 ? root : folderOf(prefix.substring(0, last));
    }

    private Path folderOf(String segments) {
        Path folder = root;
        for (String segment : segments.split("/", -1)) {
            folder = folder.resolve(nameOf(segment));
        }
        return folder;
    }

    /** The key of a file, unless a part of it is too long to stand in its path. */
    Optional<String> keyOf(Path file) {
        StringBuilder key = new StringBuilder();
        Path path = root.relativize(file);
        for (int i = 0; i < path.getNameCount(); i++) {
            String name = path.getName(i).toString();
            if (name.indexOf(SHORTENED) >= 0) {
                return Optional.empty();
            }
            boolean isFile = i == path.getNameCount() - 1;
            key.append(segmentOf(isFile ? name.substring(0, name.length() - ENDING.length()) : name));
            key.append(isFile ? "" : "/");
        }
        return Optional.of(key.toString());
    }

    private static String nameOf(String segment) {
        if (segment.isEmpty()) {
            return EMPTY;
        }
        StringBuilder name = new StringBuilder();
        for (byte next : segment.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(next)) {
                name.append((char) next);
            } else {
                name.append('%').append(HEX.toHexDigits(next));
            }
        }
        return name.length() <= LONGEST_NAME
                ? name.toString()
                : name.substring(0, KEPT_OF_A_LONG_NAME) + SHORTENED + hash(segment);
    }

    private static String segmentOf(String name) {
        if (name.equals(EMPTY)) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(name, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(name.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isPlain(byte next) {
        return next >= 'a' && next <= 'z' || next >= '0' && next <= '9' || next == '-' || next == '_';
    }

    private static String hash(String segment) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(segment.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
