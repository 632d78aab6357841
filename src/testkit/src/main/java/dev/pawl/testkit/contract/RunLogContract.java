package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.api.StageLog;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.query.LogFilter;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link RunLog} keeps to, and how its lines are read. */
@Tag("D-06")
public abstract class RunLogContract extends StoreContract {

    private static RunLog.Line line(RunId run, Instant at, String message) {
        return new RunLog.Line(run, at, "INFO", "a", 2, message, "{\"k\":\"v\"}");
    }

    private List<String> messages(RunId run) {
        return fixture().queries().logs(run, Optional.empty(), 100).items().stream()
                .map(LogView::message)
                .toList();
    }

    @Test
    void aLineComesBackAsItWas() {
        RunId run = nextId();
        committing(() -> fixture()
                .log()
                .append(List.of(
                        new RunLog.Line(run, NOW, "WARN", "", 0, "on the \"run\": é", "{}"), line(run, NOW, "x"))));
        List<LogView> lines =
                fixture().queries().logs(run, Optional.empty(), 10).items();
        assertThat(lines)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("id")
                .containsExactly(
                        new LogView("", NOW, "WARN", "", 0, "on the \"run\": é", JsonCodec.parse("{}")),
                        new LogView("", NOW, "INFO", "a", 2, "x", JsonCodec.parse("{\"k\":\"v\"}")));
        assertThat(lines).extracting(LogView::id).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void linesAreSelectedByLevelStageAndTime() {
        RunId run = nextId();
        committing(() -> fixture()
                .log()
                .append(List.of(
                        new RunLog.Line(run, NOW, "DEBUG", "a", 1, "a debug", "{}"),
                        new RunLog.Line(run, NOW.plusSeconds(1), "INFO", "b", 1, "b info", "{}"),
                        new RunLog.Line(run, NOW.plusSeconds(2), "WARN", "a", 1, "a warn", "{}"),
                        new RunLog.Line(run, NOW.plusSeconds(3), "ERROR", "b", 1, "b error", "{}"))));

        assertThat(messages(run, LogFilter.ALL.atLeast(StageLog.Level.WARN))).containsExactly("a warn", "b error");
        assertThat(messages(run, new LogFilter(List.of(), "a", null))).containsExactly("a debug", "a warn");
        assertThat(messages(run, LogFilter.from(NOW.plusSeconds(1)))).containsExactly("b info", "a warn", "b error");
        assertThat(messages(run, new LogFilter(List.of("INFO", "ERROR"), "b", NOW.plusSeconds(2))))
                .containsExactly("b error");
    }

    @Test
    void selectedLinesAreReadInPagesToo() {
        RunId run = nextId();
        List<RunLog.Line> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lines.add(
                    new RunLog.Line(run, NOW.plusSeconds(i / 3), i % 2 == 0 ? "INFO" : "WARN", "a", 1, "m" + i, "{}"));
        }
        committing(() -> fixture().log().append(lines));

        assertThat(messages(run, LogFilter.ALL.atLeast(StageLog.Level.WARN)))
                .containsExactly("m1", "m3", "m5", "m7", "m9", "m11", "m13", "m15", "m17", "m19");
    }

    @Test
    void aFurtherLineRaisesTheNumberOfItsRun() {
        RunId run = nextId();
        RunId silent = nextId();
        committing(() -> fixture().log().append(List.of(line(run, NOW, "one"))));
        long before = fixture().queries().newestLines(List.of(run, silent), NOW).get(run);
        committing(() -> fixture().log().append(List.of(line(run, NOW.minusSeconds(1), "late"))));

        assertThat(fixture().queries().newestLines(List.of(run, silent), NOW.minusSeconds(2)))
                .hasSize(1)
                .hasEntrySatisfying(run, number -> assertThat(number).isGreaterThan(before));
        assertThat(fixture().queries().newestLines(List.of(run), NOW.plusSeconds(1)))
                .isEmpty();
    }

    private List<String> messages(RunId run, LogFilter filter) {
        List<String> read = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<LogView> page = fixture().queries().logs(run, filter, cursor, 3);
            page.items().forEach(item -> read.add(item.message()));
            cursor = Optional.ofNullable(page.next());
        } while (cursor.isPresent());
        return read;
    }

    @Test
    void linesComeInOrderOfTimeAndThenAsAppended() {
        RunId run = nextId();
        RunId other = nextId();
        committing(() -> fixture()
                .log()
                .append(List.of(
                        line(run, NOW.plusMillis(2), "three"), line(run, NOW, "one"), line(other, NOW, "not mine"))));
        committing(() -> fixture().log().append(List.of(line(run, NOW, "two"))));
        committing(() -> fixture().log().append(List.of()));
        assertThat(messages(run)).containsExactly("one", "two", "three");
    }

    @Test
    void linesAreReadInPages() {
        RunId run = nextId();
        List<RunLog.Line> lines = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            lines.add(line(run, NOW.plusSeconds(i / 4), "m" + i));
        }
        committing(() -> fixture().log().append(lines));

        List<String> read = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int pages = 0;
        do {
            Page<LogView> page = fixture().queries().logs(run, cursor, 7);
            page.items().forEach(item -> read.add(item.message()));
            cursor = Optional.ofNullable(page.next());
            pages++;
        } while (cursor.isPresent());

        assertThat(read)
                .containsExactlyElementsOf(
                        lines.stream().map(RunLog.Line::message).toList());
        assertThat(pages).isEqualTo(4);
    }

    @Test
    void aRollbackTakesItsLinesBack() {
        RunId run = nextId();
        rollback(() -> fixture().log().append(List.of(line(run, NOW, "never"))));
        assertThat(messages(run)).isEmpty();
    }

    @Test
    void aForeignCursorIsRefused() {
        assertThatThrownBy(() -> fixture().queries().logs(nextId(), Optional.of("nonsense"), 7))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
