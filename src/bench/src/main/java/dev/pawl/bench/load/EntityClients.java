package dev.pawl.bench.load;

import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.bench.pipeline.StockCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clients that send entity commands over HTTP. */
public final class EntityClients {

    private final HttpApi http;

    public EntityClients(HttpApi http) {
        this.http = http;
    }

    /** Makes the instances. */
    public void create(StockCommands commands) {
        List<String> ids = commands.instances();
        Together.run(commands.clients(), client -> {
            for (int i = client; i < ids.size(); i += commands.clients()) {
                send("/api/entities/" + StockCommands.ENTITY, Map.of("id", ids.get(i)), 201);
            }
        });
    }

    /** Sends the commands; a command's time is that until its answer. */
    public Started send(StockCommands commands) {
        List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        long begin = System.nanoTime();
        Together.run(commands.clients(), client -> commands.of(client).forEach(number -> {
            long sent = System.nanoTime();
            send(
                    "/api/entities/" + StockCommands.ENTITY + "/" + commands.instance(number) + "/commands/"
                            + StockCommands.COMMAND,
                    Map.of(StockCommands.INPUT, commands.quantity(number)),
                    200);
            millis.add((System.nanoTime() - sent) / 1e6);
        }));
        return new Started(
                List.of(), Duration.ofNanos(System.nanoTime() - begin), Optional.of(Latencies.ofMillis(millis)));
    }

    private void send(String path, Object body, int expected) {
        HttpApi.Reply reply = http.post(path, body);
        if (reply.status() != expected) {
            throw new IllegalStateException(path + " answered " + reply.status() + ": " + reply.text());
        }
    }
}
