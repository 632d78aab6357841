package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.event.EventType;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The documented catalogue is what the engine records. */
@Tag("K-26")
class EventCatalogueTest {

    private static final Path PAGE = Path.of("../docs/reference/events.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z]+:[a-z-]+)` \\|[^|]*\\|([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`([a-zA-Z]+)`");

    private final Map<String, Set<String>> documented = documented();

    private static Map<String, Set<String>> documented() {
        Map<String, Set<String>> rows = new HashMap<>();
        try {
            for (String line : Files.readAllLines(PAGE)) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    rows.put(
                            row.group(1),
                            NAME.matcher(row.group(2))
                                    .results()
                                    .map(name -> name.group(1))
                                    .collect(Collectors.toSet()));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return rows;
    }

    @Test
    void everyTypeIsDocumentedAndNoOther() {
        assertThat(new TreeSet<>(documented.keySet()))
                .isEqualTo(Arrays.stream(EventType.values())
                        .map(EventType::wireName)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void payloadsSayWhatIsDocumentedAndNoMore() {
        TestEngine engine = TestEngine.with(Flows.line("flow", "a", "b"));
        TestRun completed =
                engine.failStage("a", 1, new IOException("no")).crashBefore("b").start("flow", Flows.HELLO);
        engine.advance(Duration.ofMinutes(1));
        TestRun failed = engine.failStage("a", 3, new IOException("no")).start("flow", Flows.HELLO);
        failed.pause();
        failed.resume();
        engine.advance(Duration.ofMinutes(1));
        TestRun cancelled = engine.submit(Flows.create("flow"));
        cancelled.cancel("no");

        Set<String> seen = new TreeSet<>();
        for (TestRun run : new TestRun[] {completed, failed, cancelled}) {
            run.events().forEach(event -> {
                seen.add(event.type());
                Set<String> members = new TreeSet<>();
                event.payload().fieldNames().forEachRemaining(members::add);
                assertThat(documented.get(event.type())).as(event.type()).containsAll(members);
            });
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "workflow:created",
                        "workflow:started",
                        "workflow:completed",
                        "workflow:failed",
                        "workflow:cancelled",
                        "workflow:paused",
                        "workflow:resumed",
                        "stage:started",
                        "stage:completed",
                        "stage:retrying",
                        "stage:failed");
    }
}
