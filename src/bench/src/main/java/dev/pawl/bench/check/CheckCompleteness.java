package dev.pawl.bench.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.bench.measure.Messages;
import dev.pawl.bench.measure.Observer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Whether every run that was started is there once and complete: its history holds exactly the expected events with sequences
 * from 1 without gaps, each step was done at the first attempt, and the broker was given every event. All runs are
 * read from the database, and some of them again as a client sees them.
 */
public final class CheckCompleteness {

    private static final int ASKED_OVER_HTTP = 20;

    private static final String WRONG_RUNS = """
            with wanted as (select unnest(?) as id),
            entry as (
                select c.run_id, c.first_sequence + e.place - 1 as sequence, coalesce(e.item ->> 0, e.item ->> 'type') as type
                from wanted w join pawl_event_chunk c on c.run_id = w.id
                cross join lateral jsonb_array_elements(c.events::jsonb) with ordinality as e(item, place)),
            history as (
                select run_id, array_agg(type order by sequence) as types,
                    array_agg(type order by type collate "C") as sorted,
                    array_agg(sequence::bigint order by sequence) as sequences
                from entry group by run_id),
            work as (
                select s.run_id, count(*) as steps,
                    count(*) filter (where s.status = 'COMPLETED' and s.attempt = 1) as done
                from wanted w join pawl_step s on s.run_id = w.id group by s.run_id)
            select w.id || ' ' || coalesce(r.status, 'missing') || ', steps ' || coalesce(k.steps, 0) || ', done at once '
                || coalesce(k.done, 0) || ', history ' || coalesce(h.types::text, 'none') || ' '
                || coalesce(h.sequences::text, '')
            from wanted w left join pawl_run r on r.id = w.id left join history h on h.run_id = w.id
            left join work k on k.run_id = w.id
            where r.status is distinct from 'COMPLETED' or (case when ? then h.types else h.sorted end) is distinct from ?
                or h.sequences is distinct from ?::bigint[] or k.steps is distinct from ? or k.done is distinct from ?
            """;

    private final Observer observer;
    private final HttpApi http;
    private final Whole whole;

    public CheckCompleteness(Observer observer, HttpApi http, Whole whole) {
        this.observer = observer;
        this.http = http;
        this.whole = whole;
    }

    /** How many runs of the workflow there are. */
    public long runs() {
        return observer.number("select count(*) from pawl_run where workflow_id = ?", whole.workflow());
    }

    /**
     * What is wrong with these runs, or nothing.
     *
     * @param runsBefore how many runs of the workflow there were before these
     * @param messages what the broker was given meanwhile
     */
    public List<String> faults(List<String> started, long runsBefore, Messages messages) {
        List<String> faults = new ArrayList<>();
        if (new HashSet<>(started).size() != started.size()) {
            faults.add("two requests were answered with one run");
        }
        long more = runs() - runsBefore;
        if (more != started.size()) {
            faults.add(started.size() + " runs were started and " + more + " are there");
        }
        long events = (long) started.size() * whole.history().size();
        if (messages.events() != events) {
            faults.add("the topic was given " + messages.events() + " events in place of " + events);
        }
        if (observer.number("select count(*) from pawl_dead_letter") > 0) {
            faults.add("there are events that could not be relayed");
        }
        faults.addAll(wrongInDatabase(started));
        started.stream()
                .limit(ASKED_OVER_HTTP)
                .filter(run -> !isWholeOverHttp(run))
                .forEach(run -> faults.add("over HTTP the history of run " + run + " is not whole"));
        return faults;
    }

    private List<String> wrongInDatabase(List<String> started) {
        return observer.rows(
                WRONG_RUNS,
                row -> row.getString(1),
                started,
                whole.inOrder(),
                whole.comparable(whole.history()),
                LongStream.rangeClosed(1, whole.history().size())
                        .mapToObj(Long::toString)
                        .toList(),
                whole.steps(),
                whole.steps());
    }

    private boolean isWholeOverHttp(String run) {
        List<String> types = new ArrayList<>();
        JsonNode events =
                http.get("/api/runs/" + run + "/events?limit=1000").json().path("items");
        for (JsonNode event : events) {
            types.add(event.path("type").asText());
            if (event.path("sequence").asLong() != types.size()) {
                return false;
            }
        }
        return whole.comparable(types).equals(whole.comparable(whole.history()));
    }
}
