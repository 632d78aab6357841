package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.FlowEvent;
import dev.pawl.engine.query.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@link dev.pawl.engine.query.FlowQueries} answer about runs. */
@Tag("M-10")
public abstract class FlowQueriesContract extends StoreContract {

    private RunId saved(String tenant, @Nullable String correlation, @Nullable RunId parent) {
        RunId id = nextId();
        RunHeader header = new RunHeader(
                id, tenant, "flow", 1, 5, correlation == null ? id.value() : correlation, "ann", parent, NOW);
        committing(() -> runs().save(List.of(newRun(header))));
        return id;
    }

    private void record(RunId run, Instant at, String... types) {
        change(run, changed -> {
            for (String type : types) {
                changed.record(type, at, "cause-" + type, "{\"of\":\"" + type + "\"}");
            }
        });
    }

    private Page<FlowEvent> events(String correlation, Optional<String> type, Optional<String> cursor, int limit) {
        return commit(() -> fixture().flows().events(TENANT, correlation, type, cursor, limit));
    }

    private List<String> types(String correlation) {
        return events(correlation, Optional.empty(), Optional.empty(), 100).items().stream()
                .map(FlowEvent::type)
                .toList();
    }

    @Test
    void anEventTellsWhatItIsAndWhereFrom() {
        RunId parent = new RunId("the-parent");
        RunId run = saved(TENANT, "order-1", parent);
        record(run, NOW.plusSeconds(1), "b", "c");

        List<FlowEvent> events =
                events("order-1", Optional.empty(), Optional.empty(), 100).items();

        assertThat(events).hasSize(3);
        assertThat(events.get(2))
                .isEqualTo(new FlowEvent(
                        run + ":3",
                        run.value(),
                        3,
                        "c",
                        NOW.plusSeconds(1),
                        TENANT,
                        "order-1",
                        "cause-c",
                        JsonCodec.parse("{\"of\":\"c\"}"),
                        "flow",
                        "the-parent",
                        Optional.empty()));
    }

    @Test
    void theRunsOfAFlowAreToldTogetherInOrderOfTime() {
        RunId one = saved(TENANT, "order-2", null);
        RunId two = saved(TENANT, "order-2", null);
        saved(TENANT, "another", null);
        saved("another-tenant", "order-2", null);
        record(one, NOW.plusSeconds(1), "one-1");
        record(two, NOW.plusSeconds(2), "two-2", "two-2b");
        record(one, NOW.plusSeconds(3), "one-3");

        assertThat(types("order-2"))
                .containsExactly("workflow:created", "workflow:created", "one-1", "two-2", "two-2b", "one-3");
    }

    @Test
    void aRunThatIsItsOwnFlowIsFoundByItsId() {
        RunId run = saved(TENANT, null, null);
        record(run, NOW, "b");
        assertThat(types(run.value())).containsExactly("workflow:created", "b");
        assertThat(types("nothing")).isEmpty();
    }

    @Test
    void eventsOfOneTypeAreFound() {
        RunId run = saved(TENANT, "order-3", null);
        record(run, NOW, "b", "b%", "b");
        record(run, NOW, "c");
        assertThat(events("order-3", Optional.of("b"), Optional.empty(), 10).items())
                .extracting(FlowEvent::sequence)
                .containsExactly(2L, 4L);
        assertThat(events("order-3", Optional.of("b%"), Optional.empty(), 10).items())
                .extracting(FlowEvent::sequence)
                .containsExactly(3L);
    }

    @Test
    void aFlowGoesOnWhereItStopped() {
        RunId one = saved(TENANT, "order-4", null);
        RunId two = saved(TENANT, "order-4", null);
        for (int i = 0; i < 4; i++) {
            record(i % 2 == 0 ? one : two, NOW.plusSeconds(i / 2), "x" + i, "y" + i, "z" + i);
        }
        List<String> whole = types("order-4");
        List<String> parts = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<FlowEvent> page = events("order-4", Optional.empty(), cursor, 4);
            parts.addAll(page.items().stream().map(FlowEvent::type).toList());
            cursor = Optional.ofNullable(page.next());
        } while (cursor.isPresent());

        assertThat(whole).hasSize(14);
        assertThat(parts).isEqualTo(whole);
        assertThatThrownBy(() -> events("order-4", Optional.empty(), Optional.of("nonsense"), 4))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theEventsOfARunComeInTheirSequence() {
        RunId run = saved(TENANT, "order-5", null);
        change(run, changed -> {
            changed.record("first", NOW.minusSeconds(1), "c", "{}");
            changed.record("second", NOW, "c", "{}");
        });
        assertThat(types("order-5")).containsExactly("workflow:created", "first", "second");
    }
}
