package dev.pawl.manifest.host;

import dev.pawl.manifest.syntax.Grammar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The programs that come with the application: in any of its archives, the files {@code manifests/*.manifest} that the file
 * {@code manifests/index} beside them names, one name a line. A program has the name of its file.
 */
public final class ShippedPrograms {

    private static final String FOLDER = "manifests/";
    private static final String SUFFIX = ".manifest";

    private final ClassLoader classPath;

    public ShippedPrograms(ClassLoader classPath) {
        this.classPath = classPath;
    }

    public List<ProgramSource> all() {
        List<ProgramSource> programs = new ArrayList<>();
        try {
            for (URL index : Collections.list(classPath.getResources(FOLDER + "index"))) {
                for (String file : lines(index)) {
                    programs.add(program(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The programs that come with the application cannot be read", e);
        }
        return programs;
    }

    private static List<String> lines(URL index) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private ProgramSource program(String file) throws IOException {
        if (!file.endsWith(SUFFIX)) {
            throw new IllegalArgumentException(
                    FOLDER + "index names '" + file + "'; the name of a program's file ends with " + SUFFIX);
        }
        try (InputStream text = classPath.getResourceAsStream(FOLDER + file)) {
            if (text == null) {
                throw new IllegalArgumentException(FOLDER + "index names '" + file + "', which is not there");
            }
            return new ProgramSource(
                    file.substring(0, file.length() - SUFFIX.length()),
                    Grammar.EXTENDED,
                    new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
