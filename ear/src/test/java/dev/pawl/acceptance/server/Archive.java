package dev.pawl.acceptance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Archives made while testing: jars and wars of test classes, and copies of built archives with more inside. */
public final class Archive {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private Archive() {}

    /** An archive to fill. */
    public static Archive empty() {
        return new Archive();
    }

    /** A text file of an archive. */
    public static String textIn(Path archive, String name) {
        try (FileSystem zip = FileSystems.newFileSystem(archive)) {
            return Files.readString(zip.getPath("/" + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds every class of a package (without its sub-packages) from the test class path, below {@code prefix}. */
    public Archive addPackageOf(Class<?> member, String prefix) {
        String folder = member.getPackageName().replace('.', '/');
        try {
            Path classes = Path.of(member.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve(folder);
            try (Stream<Path> files = Files.list(classes)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".class")).toList()) {
                    entries.put(prefix + folder + "/" + file.getFileName(), Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException("no folder of classes for " + member, e);
        }
        return this;
    }

    /** Adds one text file. */
    public Archive addText(String name, String text) {
        entries.put(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return this;
    }

    /** Adds one file. */
    public Archive addFile(String name, Path file) {
        try {
            entries.put(name, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Writes the archive. */
    public Path writeTo(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            write(file, Map.of("create", "true"));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a copy of {@code original} that holds the entries of this archive too. */
    public Path addTo(Path original, Path copy) {
        try {
            Files.createDirectories(copy.toAbsolutePath().getParent());
            Files.deleteIfExists(copy);
            Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
            write(copy, Map.of());
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path file, Map<String, ?> environment) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(file, environment)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                Path target = zip.getPath("/" + entry.getKey());
                Files.createDirectories(target.getParent());
                Files.write(target, entry.getValue());
            }
        }
    }
}
