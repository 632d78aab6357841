package dev.pawl.bench.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Commands on instances of an entity: who sends which command to which instance is decided beforehand, so that the sum each
 * instance must show is known. No two clients share an instance.
 *
 * @param prefix of the instances' ids
 * @param clients who send, each the next command when the last is answered
 * @param each how many instances a client has, which it takes in turn
 * @param all how many commands there are
 */
public record StockCommands(String prefix, int clients, int each, int all) {

    public static final String PROGRAM = "bench-stock";
    public static final String ENTITY = "BenchStock";
    public static final String COMMAND = "take";
    public static final String INPUT = "quantity";

    /** Two guards, two constraints, three mutations, one event; to be formatted with the name of the entity. */
    public static final String TAKE = """
            command take(quantity: number) {
              guard quantity > 0
              guard self.status == "open" or self.status == "low"
              constraint stockOut severity block
                when quantity > self.onHand
                message "Not enough in stock"
              constraint belowPar severity warn
                when self.onHand - quantity < self.par
                message "Stock falls below par"
              mutate self.onHand = self.onHand - quantity
              mutate self.taken = self.taken + quantity
              mutate self.status = self.onHand < self.par ? "low" : "open"
              emit %sTaken { itemId: self.id, quantity: quantity }
            }""";

    public static final String SOURCE = """
            entity BenchStock {
              property required id: string
              property onHand: number = 1000000000
              property taken: number = 0
              property status: string = "open"
              property par: number = 0

              %s
            }

            store BenchStock in postgres

            event BenchStockTaken: "bench.stock.taken" {
              itemId: string
              quantity: number
            }
            """.formatted(TAKE.formatted(ENTITY));

    private static final int MOST = 9;

    /** Numbers of the commands that a client sends, in order. */
    public IntStream of(int client) {
        return IntStream.iterate(client, number -> number < all, number -> number + clients);
    }

    /** Id of the instance that the command with this number is sent to. */
    public String instance(int number) {
        return prefix + (number % clients) + "-" + (number / clients % each);
    }

    /** What that command takes. */
    public int quantity(int number) {
        return 1 + number % MOST;
    }

    /** Ids of all instances. */
    public List<String> instances() {
        return IntStream.range(0, clients * each).mapToObj(this::instance).toList();
    }

    /** What happens to one instance. */
    public record Sum(long commands, long taken) {
        Sum and(int quantity) {
            return new Sum(commands + 1, taken + quantity);
        }
    }

    /** What happens to each instance. */
    public Map<String, Sum> sums() {
        Map<String, Sum> sums = new LinkedHashMap<>();
        instances().forEach(id -> sums.put(id, new Sum(0, 0)));
        IntStream.range(0, all)
                .forEach(number -> sums.computeIfPresent(instance(number), (id, sum) -> sum.and(quantity(number))));
        return sums;
    }
}
