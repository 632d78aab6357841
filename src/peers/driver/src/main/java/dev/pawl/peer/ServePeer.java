package dev.pawl.peer;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Main class of the process of a peer. It reads commands, a line each, and answers each with a line of four fields, separated
 * by tabs: {@code done}, the nanoseconds it took, the microseconds of each run separated by commas, and what is wrong with the
 * runs. The first line of all is {@code ready} and the engine's version; whatever fails is answered {@code failed} and why.
 *
 * <pre>{@code
 * loop CLIENTS MILLISECONDS
 * rest
 * queue CLIENTS RUNS
 * drain
 * }</pre>
 */
public final class ServePeer {

    private static final int MOST_FAULTS = 5;

    private final Peer peer;
    private final DriveRuns drive;

    private ServePeer(Peer peer, DriveRuns drive) {
        this.peer = peer;
        this.drive = drive;
    }

    /** Serves a peer until its input ends; arguments are its class and the address of its database. */
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        // engines that greet their users do so elsewhere
        System.setOut(System.err);
        Peer peer = (Peer) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(arguments[1]);
        pool.setMaximumPoolSize(peer.connections());
        RunBook book = new RunBook();
        peer.open(pool, book);
        peer.startWorkers();
        answers.println("ready\t" + peer.version());
        new ServePeer(peer, new DriveRuns(peer, book, pool)).serve(answers);
        // threads of engines may wait for long; the database is thrown away
        Runtime.getRuntime().halt(0);
    }

    private void serve(PrintStream answers) throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            answers.println(answer(command.split(" ")));
            answers.flush();
        }
    }

    private String answer(String[] command) {
        try {
            return text(obey(command));
        } catch (Exception e) {
            e.printStackTrace();
            return "failed\t" + oneLine(e.toString());
        }
    }

    private DriveRuns.Done obey(String[] command) throws Exception {
        return switch (command[0]) {
            case "loop" -> drive.loop(Integer.parseInt(command[1]), Long.parseLong(command[2]));
            case "queue" -> drive.queue(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
            case "drain" -> drive.drain();
            case "rest" -> {
                peer.stopWorkers();
                yield new DriveRuns.Done(0, List.of(), List.of());
            }
            default -> throw new IllegalArgumentException("unknown command " + command[0]);
        };
    }

    private static String text(DriveRuns.Done done) {
        return "done\t" + done.nanos() + "\t"
                + done.times().stream()
                        .map(nanos -> Long.toString(nanos / 1000))
                        .collect(Collectors.joining(","))
                + "\t"
                + oneLine(done.faults().stream().limit(MOST_FAULTS).collect(Collectors.joining("; ")));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
