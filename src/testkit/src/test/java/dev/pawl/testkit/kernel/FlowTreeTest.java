package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.port.EventOutbox.About;
import dev.pawl.engine.query.FlowEvent;
import dev.pawl.engine.query.FlowTree;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-10")
class FlowTreeTest {

    private static FlowEvent run(String run, long sequence, String cause, @Nullable String parent) {
        return new FlowEvent(
                run + ":" + sequence,
                run,
                sequence,
                "type",
                Instant.EPOCH,
                "default",
                "flow",
                cause,
                JsonCodec.object(),
                "workflow",
                parent,
                Optional.empty());
    }

    private static FlowEvent entity(String id, String cause) {
        About about = new About(id, Optional.of("Order"), Optional.of("1"), "place", "default", 0);
        return new FlowEvent(
                id,
                "i:1",
                1,
                "OrderPlaced",
                Instant.EPOCH,
                "default",
                "flow",
                cause,
                JsonCodec.object(),
                null,
                null,
                Optional.of(about));
    }

    private static String shape(List<FlowTree.Node> nodes) {
        StringBuilder text = new StringBuilder();
        for (FlowTree.Node node : nodes) {
            text.append(node.event().id());
            if (!node.effects().isEmpty()) {
                text.append('(').append(shape(node.effects())).append(')');
            }
            text.append(' ');
        }
        return text.toString().strip();
    }

    @Test
    void whatARunRecordsStandsBelowItsFirstEvent() {
        FlowTree tree = FlowTree.of(List.of(run("r", 1, "m", null), run("r", 2, "c2", null), run("r", 3, "c3", null)));
        assertThat(shape(tree.roots())).isEqualTo("r:1(r:2 r:3)");
    }

    @Test
    void aRunThatAnEventStartedStandsBelowThatEventAndAChildBelowItsParent() {
        FlowTree tree = FlowTree.of(List.of(
                entity("placed", "command"),
                run("r", 1, "placed", null),
                run("r", 2, "c2", null),
                run("child", 1, "c2", "r"),
                run("child", 2, "c5", "r"),
                entity("paid", "r:2")));
        assertThat(shape(tree.roots())).isEqualTo("placed(r:1(r:2(paid) child:1(child:2)))");
    }

    @Test
    void causesThatNameEachOtherEnd() {
        FlowTree tree = FlowTree.of(List.of(entity("root", "x"), entity("a", "root"), entity("self", "self")));
        assertThat(shape(tree.roots())).isEqualTo("root(a) self");
        assertThat(shape(FlowTree.of(List.of(entity("a", "b"), entity("b", "a"), entity("c", "x")))
                        .roots()))
                .isEqualTo("c");
    }
}
