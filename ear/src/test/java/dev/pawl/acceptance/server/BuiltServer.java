package dev.pawl.acceptance.server;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build left the server, its configuration and the application. */
public final class BuiltServer {

    private static final String NAME = "pawl";

    private BuiltServer() {}

    /** The runtime, which no test changes. */
    public static Path runtime() {
        return existing("pawl.test.runtime", "target/liberty/wlp");
    }

    /** The folder of the built server: its configuration, drivers, adapter and application. */
    public static Path configuration() {
        return existing("pawl.test.server", "target/liberty/wlp/usr/servers/" + NAME);
    }

    /** The application as it ships. */
    public static Path application() {
        return configuration().resolve("apps/pawl-ear.ear");
    }

    /** The resource adapter as it ships. */
    public static Path resourceAdapter() {
        return configuration().resolve("ext/pawl-liberty-config.rar");
    }

    private static Path existing(String property, String fallback) {
        Path path = Path.of(System.getProperty(property, fallback)).toAbsolutePath();
        if (!Files.exists(path)) {
            throw new IllegalStateException(path + " is missing: build the server first (mvn package)");
        }
        return path;
    }
}
