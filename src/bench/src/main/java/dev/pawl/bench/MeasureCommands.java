package dev.pawl.bench;

import dev.pawl.bench.check.CheckCommands;
import dev.pawl.bench.load.EntityClients;
import dev.pawl.bench.load.InsideClients;
import dev.pawl.bench.load.RestClients;
import dev.pawl.bench.load.Started;
import dev.pawl.bench.measure.Cost;
import dev.pawl.bench.measure.Meter;
import dev.pawl.bench.pipeline.StockCommands;
import java.util.UUID;
import java.util.function.Function;

/** What entity commands cost, over HTTP and inside the server. */
final class MeasureCommands {

    private final Meter meter;
    private final MeasureRuns runs;
    private final EntityClients http;
    private final InsideClients inside;
    private final int clients;
    private final int all;

    /** @param all commands of each figure */
    MeasureCommands(Meter meter, MeasureRuns runs, EntityClients http, InsideClients inside, int clients, int all) {
        this.meter = meter;
        this.runs = runs;
        this.http = http;
        this.inside = inside;
        this.clients = clients;
        this.all = all;
    }

    /** @param each instances of each client, where it has many */
    void measure(int each) {
        warmUp(http::send);
        measure("entities, one each", 1, http::send);
        measure("entities, many", each, http::send);
        warmUp(inside::command);
        measure("inside entities, one", 1, inside::command);
        measure("inside entities, many", each, inside::command);
    }

    private StockCommands commands(int each) {
        StockCommands commands = new StockCommands(UUID.randomUUID() + "-", clients, each, all);
        http.create(commands);
        return commands;
    }

    private void warmUp(Function<StockCommands, Started> load) {
        load.apply(commands(1));
    }

    private void measure(String name, int each, Function<StockCommands, Started> load) {
        StockCommands commands = commands(each);
        Started[] sent = new Started[1];
        Cost cost;
        try {
            cost = meter.measure(() -> sent[0] = load.apply(commands), MeasureRuns.PATIENCE);
        } catch (RestClients.ClientFailedException e) {
            runs.complain(name + ": " + e.getMessage());
            return;
        }
        runs.keepCommands(
                name,
                commands,
                sent[0],
                cost,
                new CheckCommands(meter.observer())
                        .faults(commands, cost.reading().messages()));
    }
}
