package dev.pawl.jms.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.command.PublishEvents;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("E-07")
class PublishMessageTest {

    private final FakeKernel kernel = new FakeKernel();
    private final PublishMessage publish = new PublishMessage(kernel);

    private static Map<String, String> attributes(String... more) {
        Map<String, String> attributes = new LinkedHashMap<>(
                Map.of("ce_specversion", "1.0", "ce_id", "17", "ce_source", "/shop", "ce_type", "paid"));
        for (int i = 0; i < more.length; i += 2) {
            attributes.put(more[i], more[i + 1]);
        }
        return attributes;
    }

    private List<PublishEvents.Event> published() {
        return kernel.envelopes.stream()
                .flatMap(envelope -> ((PublishEvents) envelope.command()).events().stream())
                .toList();
    }

    @Test
    void attributesComeAsPropertiesAndTheBodyIsTheData() {
        assertThat(publish.publish(
                        attributes("ce_correlationid", "order-1", "ce_time", "2026-01-31T08:30:00Z"),
                        "{\"cents\":7}",
                        "ID:1"))
                .isEmpty();

        PublishEvents.Event event = published().get(0);
        assertThat(event.key()).isEqualTo("/shop\n17");
        assertThat(event.name()).isEqualTo("paid");
        assertThat(event.correlation()).isEqualTo("order-1");
        assertThat(event.data()).hasToString("{\"cents\":7}");
        assertThat(event.occurredAt()).isEqualTo(Instant.parse("2026-01-31T08:30:00Z"));
        assertThat(kernel.envelopes.get(0).causationId()).contains("ID:1");
    }

    @Test
    void aBodyThatIsNoJsonIsATextWhenItsTypeSaysSo() {
        publish.publish(attributes("ce_datacontenttype", "text/plain"), "cash", "ID:1");
        publish.publish(attributes(), "", "ID:2");

        assertThat(published().get(0).data()).hasToString("\"cash\"");
        assertThat(published().get(1).data()).isNull();
    }

    @Test
    void theJsonFormatHoldsOneEventOrSeveral() {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"paid\",\"subject\":\"o1\"}";
        publish.publish(Map.of(), event, "ID:1");
        publish.publish(Map.of(), "[" + event + "," + event.replace("paid", "sent") + "]", "ID:2");

        assertThat(published()).extracting(PublishEvents.Event::name).containsExactly("paid", "paid", "sent");
        assertThat(published().get(0).correlation()).isEqualTo("o1");
    }

    @Test
    void whatIsNoEventIsLaidAsideWithItsReason() {
        assertThat(publish.publish(Map.of(), "no JSON", "ID:1").orElseThrow()).startsWith("VALIDATION_FAILED: ");
        assertThat(publish.publish(attributes(), "no JSON", "ID:1").orElseThrow())
                .startsWith("VALIDATION_FAILED: ");
        assertThat(publish.publish(Map.of(), "{\"type\":\"paid\"}", "ID:1").orElseThrow())
                .contains("/specversion");
        assertThat(kernel.envelopes).isEmpty();
    }

    @Test
    void aRefusalIsLaidAsideUnlessItPasses() {
        kernel.refusal = Refusal.of(RefusalCode.VALIDATION_FAILED, "no such type");
        assertThat(publish.publish(attributes(), "1", "ID:1")).contains("VALIDATION_FAILED: no such type");

        kernel.refusal = Refusal.of(RefusalCode.CONCURRENT_UPDATE, "busy");
        assertThatThrownBy(() -> publish.publish(attributes(), "1", "ID:1")).isInstanceOf(RefusedException.class);
    }
}
