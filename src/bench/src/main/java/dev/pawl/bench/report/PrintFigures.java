package dev.pawl.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.bench.load.Latencies;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Prints figures: a line of JSON each, and all as one table. */
public final class PrintFigures {

    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    private final PrintStream out;
    private final ObjectMapper json = new ObjectMapper();

    public PrintFigures(PrintStream out) {
        this.out = out;
    }

    /** One line of JSON; an incomplete figure does not count. */
    public void line(Figure figure, boolean complete) {
        ObjectNode line = json.createObjectNode()
                .put("workload", figure.workload())
                .put("clients", figure.clients())
                .put("runs", figure.runs())
                .put("runsPerSecond", rounded(figure.runsPerSecond()));
        figure.awaited().ifPresent(seen -> times(line.putObject("seenMs"), seen));
        figure.recorded().ifPresent(made -> times(line.putObject("recordedMs"), made));
        PerRun run = figure.perRun();
        line.putObject("perRun")
                .put("statements", rounded(run.statements()))
                .put("beginEnd", rounded(run.control()))
                .put("commits", rounded(run.commits()))
                .put("writeTransactions", rounded(run.writeTransactions()))
                .put("twoPhaseCommits", rounded(run.twoPhase()))
                .put("walBytes", rounded(run.logBytes()))
                .put("walWholePages", rounded(run.wholePages()))
                .put("scannedRows", rounded(run.scannedRows()))
                .put("serverCpuMs", rounded(run.serverMillis()))
                .put("databaseCpuMs", rounded(run.databaseMillis()))
                .put("jobMessages", rounded(run.jobMessages()))
                .put("eventMessages", rounded(run.eventMessages()));
        line.put("othersCpuShare", rounded(figure.others())).put("complete", complete);
        out.println(line);
    }

    /** A line of JSON with any values, for what is not a workload of runs. */
    public void line(String workload, Map<String, ?> values) {
        ObjectNode line = json.createObjectNode().put("workload", workload);
        values.forEach((name, value) ->
                line.set(name, json.valueToTree(value instanceof Double number ? (Object) rounded(number) : value)));
        out.println(line);
    }

    private record Column(String title, int width, Function<Figure, String> text) {

        static Column perRun(String title, int width, int digits, ToDoubleFunction<PerRun> value) {
            return new Column(title, width, figure -> number(value.applyAsDouble(figure.perRun()), digits));
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("clients", 8, figure -> Integer.toString(figure.clients())),
            new Column("runs", 7, figure -> Integer.toString(figure.runs())),
            new Column("runs/s", 9, figure -> number(figure.runsPerSecond(), 1)),
            new Column("seen p50", 10, figure -> percentile(figure.awaited(), MEDIAN)),
            new Column("p99", 9, figure -> percentile(figure.awaited(), TAIL)),
            new Column("made p50", 10, figure -> percentile(figure.recorded(), MEDIAN)),
            new Column("p99", 9, figure -> percentile(figure.recorded(), TAIL)),
            Column.perRun("SQL", 8, 2, PerRun::statements),
            Column.perRun("begin/end", 11, 2, PerRun::control),
            Column.perRun("commits", 9, 2, PerRun::commits),
            Column.perRun("write tx", 10, 2, PerRun::writeTransactions),
            Column.perRun("2PC", 7, 3, PerRun::twoPhase),
            Column.perRun("WAL B", 8, 0, PerRun::logBytes),
            Column.perRun("pages", 7, 2, PerRun::wholePages),
            Column.perRun("scanned", 9, 1, PerRun::scannedRows),
            Column.perRun("CPU ms", 8, 2, PerRun::serverMillis),
            Column.perRun("PG ms", 7, 2, PerRun::databaseMillis),
            Column.perRun("jobs", 8, 3, PerRun::jobMessages),
            Column.perRun("events", 8, 1, PerRun::eventMessages),
            new Column("others", 8, figure -> number(figure.others() * 100, 0) + " %"));

    /** All figures; numbers behind the times are per run. */
    public void table(List<Figure> figures) {
        out.println();
        out.println("Times in ms: 'seen' by clients that waited, 'made' from creation to completion in the history."
                + " From SQL to events: per run.");
        row("workload", COLUMNS.stream().map(Column::title).toList());
        figures.forEach(figure -> row(
                figure.workload(),
                COLUMNS.stream().map(column -> column.text().apply(figure)).toList()));
        out.println();
    }

    private void row(String name, List<String> cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-22s", name));
        for (int i = 0; i < cells.size(); i++) {
            line.append(String.format(Locale.ROOT, "%" + COLUMNS.get(i).width() + "s", cells.get(i)));
        }
        out.println(line);
    }

    private static String percentile(Optional<Latencies> times, double share) {
        return times.map(known -> number(known.percentile(share), 1)).orElse("-");
    }

    private static void times(ObjectNode node, Latencies times) {
        node.put("p50", rounded(times.percentile(MEDIAN)))
                .put("p99", rounded(times.percentile(TAIL)))
                .put("longest", rounded(times.longest()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
