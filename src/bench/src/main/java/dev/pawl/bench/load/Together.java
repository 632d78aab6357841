package dev.pawl.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Clients at the same time. */
final class Together {

    private Together() {}

    /**
     * Returns when all of them are done.
     *
     * @throws RestClients.ClientFailedException when one of them was not
     */
    static void run(int clients, IntConsumer client) {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                working.add(threads.submit(() -> client.accept(number)));
            }
            for (Future<?> one : working) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new RestClients.ClientFailedException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while clients work", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
