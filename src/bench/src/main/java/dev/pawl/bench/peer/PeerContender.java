package dev.pawl.bench.peer;

import dev.pawl.acceptance.server.PostgresServer;
import dev.pawl.bench.load.Latencies;
import dev.pawl.bench.measure.Counters;
import dev.pawl.bench.measure.Observer;
import dev.pawl.bench.measure.Reading;
import dev.pawl.bench.stand.Stand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Another engine, with a database of its own beside ours. */
final class PeerContender implements Contender, AutoCloseable {

    private final PeerEngine engine;
    private final PeerProcess process;
    private final Observer observer;
    private final Counters counters;
    private boolean stopped;

    private PeerContender(PeerEngine engine, PeerProcess process, Observer observer, Counters counters) {
        this.engine = engine;
        this.process = process;
        this.observer = observer;
        this.counters = counters;
    }

    static PeerContender start(PeerEngine engine, Stand stand, Path modules, List<String> jvm, Path folder)
            throws SQLException {
        PostgresServer.Database database = stand.createDatabase(engine.database());
        PeerProcess process = PeerProcess.start(engine, modules, database.url(), jvm, folder);
        Observer observer = new Observer(stand.observe(database));
        return new PeerContender(
                engine, process, observer, Counters.withoutBroker(observer, process.pid(), database.user()));
    }

    @Override
    public String name() {
        return engine.id();
    }

    String version() {
        return process.version();
    }

    @Override
    public void warmUp(int clients, Duration time) {
        goOn();
        process.ask("loop", clients, time.toMillis());
    }

    @Override
    public Play loop(int clients, Duration time) {
        goOn();
        PeerReply[] reply = new PeerReply[1];
        Reading reading = counters.count(() -> reply[0] = process.ask("loop", clients, time.toMillis()));
        return play(new Play.Workload(false, clients), reply[0], reading);
    }

    @Override
    public Play burst(int clients, int runs) {
        goOn();
        process.ask("rest");
        PeerReply[] reply = new PeerReply[1];
        Reading reading = counters.count(() -> {
            process.ask("queue", clients, runs);
            reply[0] = process.ask("drain");
        });
        return play(new Play.Workload(true, clients), reply[0], reading);
    }

    private Play play(Play.Workload workload, PeerReply reply, Reading reading) {
        return new Play(
                name(),
                workload,
                reply.millis().size(),
                reply.took(),
                Latencies.ofMillis(reply.millis()),
                reading,
                reply.faults().isEmpty() ? List.of() : List.of(reply.faults()));
    }

    /** The kernel stops it, whatever it polls. */
    @Override
    public void rest() {
        signal("-STOP");
        stopped = true;
    }

    private void goOn() {
        if (stopped) {
            signal("-CONT");
            stopped = false;
        }
    }

    private void signal(String signal) {
        try {
            int status = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + signal + " ended with status " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("kill " + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a peer is signalled", e);
        }
    }

    @Override
    public void close() throws SQLException {
        process.close();
        observer.close();
    }
}
