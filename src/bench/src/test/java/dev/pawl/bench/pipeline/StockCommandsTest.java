package dev.pawl.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StockCommandsTest {

    private final StockCommands commands = new StockCommands("i-", 3, 2, 20);

    @Test
    void everyCommandIsSentByOneClientToAnInstanceOfItsOwn() {
        Map<String, Set<Integer>> senders = new HashMap<>();
        Set<Integer> sent = new HashSet<>();
        IntStream.range(0, 3).forEach(client -> commands.of(client).forEach(number -> {
            assertThat(sent.add(number)).isTrue();
            senders.computeIfAbsent(commands.instance(number), id -> new HashSet<>())
                    .add(client);
        }));

        assertThat(sent).hasSize(20);
        assertThat(senders).hasSize(6).allSatisfy((id, clients) -> assertThat(clients)
                .hasSize(1));
    }

    @Test
    void sumsAreThoseOfTheCommands() {
        Map<String, Long> taken = IntStream.range(0, 20)
                .boxed()
                .collect(Collectors.groupingBy(commands::instance, Collectors.summingLong(commands::quantity)));

        assertThat(commands.sums().keySet()).containsExactlyInAnyOrderElementsOf(commands.instances());
        commands.sums().forEach((id, sum) -> assertThat(sum.taken()).isEqualTo(taken.get(id)));
        assertThat(commands.sums().values().stream().mapToLong(StockCommands.Sum::commands))
                .containsExactlyInAnyOrder(4L, 4L, 3L, 3L, 3L, 3L);
    }
}
