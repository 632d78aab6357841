package dev.pawl.jms.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.TraceContext;
import dev.pawl.engine.port.EventOutbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EventMessageTest {

    @Test
    @Tag("E-07")
    void anEventIsACloudEventInBinaryMode() {
        RunEvent event = new RunEvent(
                7,
                "stage:completed",
                Instant.parse("2026-01-31T08:30:00Z"),
                "cause",
                "{\"stage\":\"s1\",\"runId\":\"?\"}");
        EventOutbox.Entry entry =
                new EventOutbox.Entry(new RunId("r1"), "default", "greet", "c1", 7, 0, List.of(event));

        EventMessage message = EventMessage.of(entry, event, "/here", Optional.empty());

        assertThat(message.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "stage:completed",
                        "ce_id", "r1:7",
                        "ce_source", "/here",
                        "ce_subject", "r1",
                        "ce_time", "2026-01-31T08:30:00Z",
                        "ce_datacontenttype", "application/json",
                        "ce_correlationid", "c1",
                        "ce_causationid", "cause",
                        "ce_sequence", 7L));
        assertThat(message.data()).isEqualTo("{\"stage\":\"s1\",\"runId\":\"r1\",\"workflowId\":\"greet\"}");
    }

    @Test
    @Tag("M-10")
    void anEventOfAnEntityCommandKeepsItsIdAndSaysWhatItIsAbout() {
        RunEvent event =
                new RunEvent(3, "OrderPlaced", Instant.parse("2026-01-31T08:30:00Z"), "cause", "{\"id\":\"x\"}");
        EventOutbox.Entry entry = new EventOutbox.Entry(
                new RunId("i:abc"),
                "default",
                "Order",
                "c1",
                3,
                0,
                List.of(event),
                Optional.of(new EventOutbox.About(
                        "e1", Optional.of("Order"), Optional.of("o1"), "place", "order.placed", 0)));

        EventMessage message = EventMessage.of(entry, event, "/here", Optional.empty());

        assertThat(message.data()).isEqualTo("{\"id\":\"x\"}");
        assertThat(message.attributes())
                .containsEntry("ce_type", "OrderPlaced")
                .containsEntry("ce_id", "e1")
                .containsEntry("ce_subject", "Order/o1")
                .containsEntry("ce_entity", "Order")
                .containsEntry("ce_command", "place")
                .containsEntry("ce_channel", "order.placed")
                .containsEntry("ce_emitindex", 0L)
                .containsEntry("ce_sequence", 3L);
    }

    @Test
    @Tag("E-06")
    void anEventOfATracedRunCarriesItsTrace() {
        RunEvent event = new RunEvent(1, "workflow:created", Instant.EPOCH, "cause", "{}");
        EventOutbox.Entry entry =
                new EventOutbox.Entry(new RunId("r1"), "default", "greet", "c1", 1, 0, List.of(event));
        TraceContext trace = new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=1");

        assertThat(EventMessage.of(entry, event, "/here", Optional.of(trace)).attributes())
                .containsEntry("ce_traceparent", trace.parent())
                .containsEntry("ce_tracestate", "vendor=1");
        assertThat(EventMessage.of(entry, event, "/here", Optional.empty()).attributes())
                .doesNotContainKeys("ce_traceparent", "ce_tracestate");
    }
}
