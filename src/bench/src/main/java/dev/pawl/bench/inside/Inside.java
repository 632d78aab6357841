package dev.pawl.bench.inside;

import dev.pawl.api.local.EmittedEvent;
import dev.pawl.api.local.Entities;
import dev.pawl.api.local.EntityCommand;
import dev.pawl.api.local.Events;
import dev.pawl.api.local.RunStatus;
import dev.pawl.api.local.Workflows;
import dev.pawl.bench.pipeline.StockCommands;
import jakarta.enterprise.concurrent.ContextService;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Clients on threads of their own in the server's process, in the context of the application. */
public final class Inside implements InsideMXBean {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectName NAME = name();

    private final Workflows workflows;
    private final Entities entities;
    private final Events events;
    private final ContextService contexts;

    private Inside(Workflows workflows, Entities entities, Events events, ContextService contexts) {
        this.workflows = workflows;
        this.entities = entities;
        this.events = events;
        this.contexts = contexts;
    }

    public static ObjectName name() {
        try {
            return new ObjectName("dev.pawl.bench:type=Inside");
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets the benchmark's process find these clients. Called on a thread with the context of the application. */
    static void open(Workflows workflows, Entities entities, Events events) throws NamingException, JMException {
        ContextService contexts = InitialContext.doLookup("java:comp/DefaultContextService");
        var server = ManagementFactory.getPlatformMBeanServer();
        if (!server.isRegistered(NAME)) {
            server.registerMBean(new Inside(workflows, entities, events, contexts), NAME);
        }
    }

    @Override
    public Report startAndAwait(String workflow, int clients, int runs, double atMostSeconds) {
        long until = System.nanoTime() + (long) (atMostSeconds * 1e9);
        AtomicInteger left = new AtomicInteger(runs);
        return report(clients, (number, id, millis) -> {
            while (left.decrementAndGet() >= 0 && System.nanoTime() < until) {
                long begin = System.nanoTime();
                String run = workflows.start(workflow, Map.of());
                awaitEnd(run);
                millis.add((System.nanoTime() - begin) / 1e6);
                id.add(run);
            }
        });
    }

    private void awaitEnd(String run) {
        try {
            RunStatus status = workflows
                    .awaitEnd(run, PATIENCE)
                    .orElseThrow(() -> new IllegalStateException("run " + run + " has not ended in time"))
                    .status();
            if (status != RunStatus.COMPLETED) {
                throw new IllegalStateException("run " + run + " is " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while run " + run + " goes on", e);
        }
    }

    @Override
    public Report start(String workflow, int clients, int runs) {
        AtomicInteger left = new AtomicInteger(runs);
        return report(clients, (number, id, millis) -> {
            while (left.decrementAndGet() >= 0) {
                id.add(workflows.start(workflow, Map.of()));
            }
        });
    }

    @Override
    public Report command(String prefix, int clients, int each, int all) {
        StockCommands commands = new StockCommands(prefix, clients, each, all);
        return report(clients, (client, id, millis) -> commands.of(client).forEach(number -> {
            long begin = System.nanoTime();
            entities.execute(EntityCommand.of(StockCommands.ENTITY, StockCommands.COMMAND)
                            .on(commands.instance(number))
                            .withInput(Map.of(StockCommands.INPUT, commands.quantity(number))))
                    .orThrow();
            millis.add((System.nanoTime() - begin) / 1e6);
        }));
    }

    @Override
    public void publish(String type, int clients, int count, String prefix) {
        AtomicInteger next = new AtomicInteger();
        together(clients, client -> {
            int number = next.getAndIncrement();
            while (number < count) {
                String correlation = prefix + number;
                events.emit(EmittedEvent.of(type, null)
                        .correlatedBy(correlation)
                        .identifiedBy("/bench/inside", correlation));
                number = next.getAndIncrement();
            }
        });
    }

    private void together(int clients, IntConsumer client) {
        IntConsumer inContext = contexts.createContextualProxy(client, IntConsumer.class);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                working.add(threads.submit(() -> inContext.accept(number)));
            }
            for (Future<?> one : working) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while clients work", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private interface Client {
        void work(int number, List<String> runs, List<Double> millis);
    }

    private Report report(int clients, Client client) {
        List<String> runs = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        IntConsumer one = number -> {
            List<String> own = new ArrayList<>();
            List<Double> times = new ArrayList<>();
            client.work(number, own, times);
            synchronized (runs) {
                runs.addAll(own);
                millis.addAll(times);
            }
        };
        long begin = System.nanoTime();
        together(clients, one);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Report(runs, millis.stream().mapToDouble(Double::doubleValue).toArray(), seconds);
    }

    @Override
    public void holdPlaces(int places) {
        HoldPlaces.begin(places);
        IntConsumer starting = number -> workflows.start(InsideWorkflows.HOLD, Map.of());
        together(places, starting);
        HoldPlaces.awaitAll();
    }

    @Override
    public void releasePlaces() {
        HoldPlaces.release();
    }
}
