package dev.pawl.bench.manifest;

import dev.pawl.bench.pipeline.StockCommands;
import java.util.ArrayList;
import java.util.List;

/** Programs the benchmarks compile and run. */
final class Programs {

    static final String ENTITY = "StockItem";
    static final String COMMAND = "take";

    /** One entity, with a command of two guards, two constraints, three mutations and one event. */
    static final String STOCK_ITEM = entity(ENTITY);

    private Programs() {}

    /** A program of many entities, {@code lines} lines long or a little longer. */
    static String ofLines(int lines) {
        List<String> entities = new ArrayList<>();
        long length = 0;
        while (length < lines) {
            String next = entity("StockItem" + entities.size());
            entities.add(next);
            length += next.lines().count();
        }
        return String.join("", entities);
    }

    private static String entity(String name) {
        return """
                entity %1$s {
                  property required id: string
                  property name: string = ""
                  property onHand: number = 0
                  property reserved: number = 0
                  property taken: number = 0
                  property status: string = "open"
                  property par: number = 0

                  computed available = self.onHand - self.reserved
                  computed isBelowPar = self.available < self.par

                  %2$s
                }

                store %1$s in memory

                event %1$sTaken: "stock.taken.%1$s" {
                  itemId: string
                  quantity: number
                }

                """.formatted(name, StockCommands.TAKE.formatted(name));
    }
}
