package dev.pawl.acceptance.feature;

import dev.pawl.acceptance.server.Archive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What feature tests put into the application: every package {@code feature.….probe} as a library, with workflows and beans,
 * and every package {@code feature.….module} as a web module, with EJBs and servlets.
 */
public final class Probes {

    /** Name and context root of the web module. */
    public static final String MODULE = "probes";

    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.1" bean-discovery-mode="all"/>
            """;

    private Probes() {}

    /** The library, written into this folder. */
    public static Path library(Path folder) {
        return collect("probe", "", Archive.empty().addText("META-INF/beans.xml", BEANS))
                .writeTo(folder.resolve("feature-probes.jar"));
    }

    /** The web module, written into this folder. */
    public static Path module(Path folder) {
        return collect("module", "WEB-INF/classes/", Archive.empty().addText("WEB-INF/beans.xml", BEANS))
                .writeTo(folder.resolve("feature-probes.war"));
    }

    private static Archive collect(String name, String prefix, Archive archive) {
        try {
            Path classes = Path.of(Probes.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path features = classes.resolve(Probes.class.getPackageName().replace('.', '/'));
            try (Stream<Path> files = Files.walk(features)) {
                files.filter(file -> file.toString().endsWith(".class"))
                        .filter(file -> file.getParent().endsWith(name))
                        .forEach(file -> archive.addFile(prefix + classes.relativize(file), file));
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the folder of test classes has no path", e);
        }
    }
}
