package dev.pawl.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A peer in a process of its own, with a class path of its own. It says on its output what it was asked on its input. */
final class PeerProcess implements AutoCloseable {

    private static final String MAIN = "dev.pawl.peer.ServePeer";
    private static final String READY = "ready\t";

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader replies;
    private final Path log;
    private final String version;

    private PeerProcess(Process process, Path log) {
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.replies = process.inputReader();
        this.log = log;
        // one that the kernel has stopped would not see that nobody asks any more
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        String first = next();
        if (!first.startsWith(READY)) {
            process.destroyForcibly();
            throw new IllegalStateException("a peer does not start, but says '" + first + "'; see " + log);
        }
        this.version = first.substring(READY.length());
    }

    /**
     * Starts it and returns once it is ready.
     *
     * @param modules folder of the built modules
     * @param database address of an empty database
     * @param folder for what it prints
     */
    static PeerProcess start(PeerEngine engine, Path modules, String database, List<String> jvm, Path folder) {
        Path module = modules.resolve(engine.id()).resolve("target").toAbsolutePath();
        if (!Files.isDirectory(module.resolve("lib"))) {
            throw new IllegalStateException("no " + module.resolve("lib") + ": the peers are built by mvn -Pbench");
        }
        Path log = folder.resolve(engine.database() + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of(
                "-classpath", module.resolve("classes") + ":" + module.resolve("lib") + "/*", MAIN, engine.adapter()));
        command.add(database);
        try {
            return new PeerProcess(
                    new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("starting " + command, e);
        }
    }

    String version() {
        return version;
    }

    long pid() {
        return process.pid();
    }

    /** Asks for something and waits for the answer. */
    PeerReply ask(Object... words) {
        commands.println(
                String.join(" ", List.of(words).stream().map(String::valueOf).toList()));
        return PeerReply.of(next());
    }

    private String next() {
        try {
            String line = replies.readLine();
            if (line == null) {
                throw new IllegalStateException("the process of a peer has ended; see " + log);
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a peer; see " + log, e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
