package dev.pawl.bench.check;

import dev.pawl.bench.measure.Messages;
import dev.pawl.bench.measure.Observer;
import dev.pawl.bench.pipeline.StockCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether every command that was sent has happened once: the instance shows the sum of what was commanded and has been changed
 * as often, its history holds an event for each command with sequences from 1 without gaps and the same sum, and the
 * broker was given every event.
 */
public final class CheckCommands {

    private static final String WRONG_INSTANCES = """
            with wanted as (select * from unnest(?, ?::bigint[], ?::bigint[]) as w(id, commands, taken)),
            history as (
                select e.instance_id, count(*) as events, min(e.sequence) as first, max(e.sequence) as last,
                    sum((e.payload::jsonb ->> 'quantity')::numeric) as taken
                from wanted w join pawl_entity_event e on e.entity = ? and e.instance_id = w.id group by e.instance_id)
            select w.id || ': ' || w.commands || ' commands for ' || w.taken || ', version ' || coalesce(i.version, 0)
                || ', taken ' || coalesce(i.properties::jsonb ->> 'taken', 'none') || ', events ' || coalesce(h.events, 0)
                || ' for ' || coalesce(h.taken, 0)
            from wanted w left join pawl_instance i on i.entity = ? and i.id = w.id
            left join history h on h.instance_id = w.id
            where i.version is distinct from w.commands + 1 or (i.properties::jsonb ->> 'taken')::numeric is distinct from w.taken
                or h.events is distinct from nullif(w.commands, 0) or h.taken is distinct from nullif(w.taken, 0)
                or h.first <> 1 or h.last <> w.commands
            """;

    private final Observer observer;

    public CheckCommands(Observer observer) {
        this.observer = observer;
    }

    /**
     * What is wrong, or nothing.
     *
     * @param messages what the broker was given meanwhile
     */
    public List<String> faults(StockCommands commands, Messages messages) {
        List<String> faults = new ArrayList<>();
        if (messages.events() != commands.all()) {
            faults.add("the topic was given " + messages.events() + " events in place of " + commands.all());
        }
        if (observer.number("select count(*) from pawl_dead_letter") > 0) {
            faults.add("there are events that could not be relayed");
        }
        Map<String, StockCommands.Sum> sums = commands.sums();
        faults.addAll(observer.rows(
                WRONG_INSTANCES,
                row -> row.getString(1),
                List.copyOf(sums.keySet()),
                sums.values().stream().map(sum -> Long.toString(sum.commands())).toList(),
                sums.values().stream().map(sum -> Long.toString(sum.taken())).toList(),
                StockCommands.ENTITY,
                StockCommands.ENTITY));
        return faults;
    }
}
