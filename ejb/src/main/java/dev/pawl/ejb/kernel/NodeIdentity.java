package dev.pawl.ejb.kernel;

import dev.pawl.ejb.config.EngineSettings;
import dev.pawl.engine.model.WorkerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Names this server: by its setting, or by a name made once and kept in the data folder, so that two servers on one
 * machine differ and a restarted one is known again.
 */
final class NodeIdentity {

    private static final String FILE = "node-id";

    private NodeIdentity() {}

    static WorkerId of(EngineSettings settings) {
        String node = settings.node().orElseGet(() -> kept(Path.of(settings.dataFolder())));
        return new WorkerId(node, chance());
    }

    private static String kept(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                Files.writeString(file, host() + "-" + chance());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The name of this node cannot be kept in " + file, e);
        }
    }

    /** Short, because every lease carries it; the first of 2<sup>50</sup> values. */
    private static String chance() {
        return Long.toString(new SecureRandom().nextLong(1L << 50), Character.MAX_RADIX);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replace('#', '-');
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
