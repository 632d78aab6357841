package dev.pawl.ejb.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.model.RunEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTextTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final Instant EARLIER = NOW.minusSeconds(1);

    private static final List<RunEvent> EVENTS = List.of(
            new RunEvent(7, "stage:started", NOW, "c", "{\"n\":1.50,\"of\":[\"x\",{}]}"),
            new RunEvent(8, "own time", EARLIER, "c", "{ }"),
            new RunEvent(9, "own \"cause\"", NOW, "an\"other", "{}"),
            new RunEvent(10, "own both", EARLIER, "another", "{\"type\":\"x\"}"));

    @Test
    void eventsComeBackAsTheyWereWritten() {
        String text = EventText.write(EVENTS, NOW, "c");

        assertThat(text).startsWith("[[\"stage:started\",{\"n\":1.50,\"of\":[\"x\",{}]}],");
        assertThat(EventText.read(text, 7, NOW, "c")).isEqualTo(EVENTS);
        assertThat(text)
                .contains(EVENTS.stream()
                        .map(event -> EventText.mark(event.type()))
                        .toArray(String[]::new));
    }

    @Test
    void eventsWithNamedMembersAreReadToo() {
        String text = "[{\"type\":\"stage:started\",\"payload\":{\"n\":1.50,\"of\":[\"x\",{}]}},"
                + "{\"type\":\"own time\",\"at\":\"2026-03-01T09:59:59.123456Z\",\"payload\":{ }},"
                + "{\"type\":\"own \\\"cause\\\"\",\"by\":\"an\\\"other\",\"payload\":{}},"
                + "{\"type\":\"own both\",\"at\":\"2026-03-01T09:59:59.123456Z\",\"by\":\"another\","
                + "\"payload\":{\"type\":\"x\"}}]";

        assertThat(EventText.read(text, 7, NOW, "c")).isEqualTo(EVENTS);
        assertThat(text)
                .contains(EVENTS.stream()
                        .map(event -> EventText.mark(event.type()))
                        .toArray(String[]::new));
    }

    @Test
    void whatCannotBeReadIsRefusedOrLeftOut() {
        String text = "[[\"a\",{}],[\"b\",{\"n\":";

        assertThatThrownBy(() -> EventText.read(text, 1, NOW, "c"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(text);
        assertThat(EventText.readable(text, 1, NOW, "c"))
                .extracting(RunEvent::type)
                .containsExactly("a");
    }
}
