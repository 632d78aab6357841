package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.RunState;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.model.TraceContext;
import dev.pawl.engine.model.limit.Hold;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How runs and steps stand in rows: the columns, and their way back. */
final class RunRows {

    private static final List<String> RUN = List.of(
            "id",
            "tenant",
            "workflow_id",
            "workflow_version",
            "priority",
            "correlation_id",
            "principal",
            "parent_id",
            "created_at",
            "trace",
            "status",
            "paused",
            "group_no",
            "prior_attempts",
            "started_at",
            "completed_at",
            "output",
            "error_code",
            "error_message",
            "error_stage",
            "cost",
            "tokens",
            "last_sequence",
            "version",
            "start_limit");

    private static final List<String> STEP = List.of(
            "step_id",
            "name",
            "kind",
            "group_no",
            "ordinal",
            "status",
            "attempt",
            "due_at",
            "lease_token",
            "lease_owner",
            "lease_until",
            "started_at",
            "completed_at",
            "output",
            "error_code",
            "error_message",
            "error_stage",
            "suspension",
            "progress",
            "metrics",
            "cost",
            "tokens");

    private static final List<String> REQUEST = List.of("input", "config", "metadata", "edited_group", "edited_input");

    private RunRows() {}

    /** The columns of a run, of the table with this alias. */
    static String run(String alias) {
        return columns(alias, RUN);
    }

    static String step(String alias) {
        return columns(alias, STEP);
    }

    static String request(String alias) {
        return columns(alias, REQUEST);
    }

    private static String columns(String alias, List<String> names) {
        return names.stream().map(name -> alias + "." + name).collect(Collectors.joining(", "));
    }

    /** A run's own columns, before its steps are known. */
    record Head(RunHeader header, RunState state) {
        RunId id() {
            return header.id();
        }

        Run with(List<StepState> steps) {
            return Run.load(header, state, steps, null);
        }

        Run with(RunRequest request) {
            return Run.load(header, state, List.of(), request);
        }
    }

    static Head head(Row row) throws SQLException {
        RunHeader header = new RunHeader(
                new RunId(row.text()),
                row.text(),
                row.text(),
                row.integer(),
                row.integer(),
                row.text(),
                row.text(),
                parent(row),
                row.time(),
                trace(row));
        RunState state = new RunState(
                RunStatus.valueOf(row.text()),
                row.flag(),
                row.integer(),
                row.integer(),
                row.timeOrNull(),
                row.timeOrNull(),
                row.payloadOrNull(),
                row.failureOrNull(),
                row.decimal(),
                row.number(),
                row.number(),
                row.number(),
                Hold.decodeOrNull(row.textOrNull()));
        return new Head(header, state);
    }

    private static @Nullable TraceContext trace(Row row) throws SQLException {
        String trace = row.textOrNull();
        return trace == null ? null : TraceContext.decode(trace);
    }

    private static @Nullable RunId parent(Row row) throws SQLException {
        String parent = row.textOrNull();
        return parent == null ? null : new RunId(parent);
    }

    static StepState step(Row row) throws SQLException {
        return new StepState(
                row.text(),
                row.text(),
                RunColumns.kind(row.textOrNull()),
                row.integer(),
                row.integer(),
                StepStatus.valueOf(row.text()),
                row.integer(),
                row.timeOrNull(),
                lease(row),
                row.timeOrNull(),
                row.timeOrNull(),
                row.payloadOrNull(),
                row.failureOrNull(),
                RunColumns.suspension(row.textOrNull()),
                row.textOrNull(),
                row.textOrNull(),
                row.decimal(),
                row.number());
    }

    private static @Nullable Lease lease(Row row) throws SQLException {
        String token = row.textOrNull();
        String owner = row.textOrNull();
        var until = row.timeOrNull();
        return token == null || owner == null || until == null ? null : new Lease(token, owner, until);
    }

    static RunRequest request(Row row) throws SQLException {
        RunRequest request = new RunRequest(Payload.decode(row.text()), row.text(), row.text());
        int group = row.integer();
        String edited = row.textOrNull();
        return edited == null ? request : request.withEdited(new RunRequest.Edited(group, Payload.decode(edited)));
    }

    /**
     * Runs from rows of a join: the columns of the run, the version the steps belong to, the columns of a step or nulls.
     *
     * <p>A statement that waited for a row's lock sees that row as it became and all other rows as they were. Runs whose
     * version moved meanwhile are therefore answered apart: their steps must be read again.
     */
    static Joined joined(ResultSet result) throws SQLException {
        Map<RunId, Head> heads = new LinkedHashMap<>();
        Map<RunId, List<StepState>> steps = new LinkedHashMap<>();
        Map<RunId, Head> moved = new LinkedHashMap<>();
        while (result.next()) {
            Row row = new Row(result);
            Head head = head(row);
            if (row.number() != head.state().version()) {
                moved.put(head.id(), head);
            }
            heads.putIfAbsent(head.id(), head);
            List<StepState> known = steps.computeIfAbsent(head.id(), id -> new ArrayList<>());
            if (result.getString(row.position()) != null) {
                known.add(step(row));
            }
        }
        Map<RunId, Run> runs = new LinkedHashMap<>();
        heads.forEach((id, head) -> {
            if (!moved.containsKey(id)) {
                runs.put(id, head.with(steps.get(id)));
            }
        });
        return new Joined(runs, List.copyOf(moved.keySet()));
    }

    record Joined(Map<RunId, Run> runs, List<RunId> moved) {}

    static Object[] values(Stream<RunId> ids) {
        return ids.map(RunId::value).toArray(String[]::new);
    }

    /** In the order in which their rows are locked. */
    static List<Run> inOrder(List<Run> some, List<Run> others) {
        return Stream.concat(some.stream(), others.stream())
                .sorted(Comparator.comparing(Run::id))
                .toList();
    }
}
