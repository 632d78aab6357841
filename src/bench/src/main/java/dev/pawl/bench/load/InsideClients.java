package dev.pawl.bench.load;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.pawl.bench.inside.Inside;
import dev.pawl.bench.inside.InsideMXBean;
import dev.pawl.bench.pipeline.StockCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.management.JMX;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Clients inside the server, seen from the benchmark's process. */
public final class InsideClients implements AutoCloseable {

    /** Steps a server executes at the same time, as it ships. */
    public static final int PLACES = 128;

    private final JMXConnector connector;
    private final InsideMXBean inside;

    private InsideClients(JMXConnector connector, InsideMXBean inside) {
        this.connector = connector;
        this.inside = inside;
    }

    /** The clients inside this process, once they are there. */
    public static InsideClients of(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                JMXConnector connector =
                        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
                return new InsideClients(
                        connector,
                        JMX.newMXBeanProxy(connector.getMBeanServerConnection(), Inside.name(), InsideMXBean.class));
            } finally {
                machine.detach();
            }
        } catch (IOException | AttachNotSupportedException e) {
            throw new IllegalStateException("process " + pid + " cannot be reached over JMX", e);
        }
    }

    /** Clients that wait for their runs, for as long as this or until as many are started. */
    public Started startAndAwait(String workflow, int clients, int runs, Duration atMost) {
        return started(inside.startAndAwait(workflow, clients, runs, atMost.toNanos() / 1e9));
    }

    /** Sends the commands; a command's time is that until its result. */
    public Started command(StockCommands commands) {
        return started(inside.command(commands.prefix(), commands.clients(), commands.each(), commands.all()));
    }

    private static Started started(InsideMXBean.Report report) {
        return new Started(
                report.runs(),
                took(report),
                Optional.of(Latencies.ofMillis(
                        Arrays.stream(report.millis()).boxed().toList())));
    }

    /** Clients that wait for none of their runs. */
    public Started start(String workflow, int clients, int runs) {
        InsideMXBean.Report report = inside.start(workflow, clients, runs);
        return new Started(report.runs(), took(report), Optional.empty());
    }

    private static Duration took(InsideMXBean.Report report) {
        return Duration.ofNanos((long) (report.seconds() * 1e9));
    }

    /** Publishes one event for each number below {@code count}, correlated by the prefix and the number. */
    public void publish(String type, int clients, int count, String prefix) {
        inside.publish(type, clients, count, prefix);
    }

    /** Whatever is started waits from now on. */
    public void holdPlaces(int places) {
        inside.holdPlaces(places);
    }

    public void releasePlaces() {
        inside.releasePlaces();
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new IllegalStateException("the way to the clients inside the server could not be closed", e);
        }
    }
}
