package dev.pawl.engine.work;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.FindDeliveries;
import dev.pawl.engine.command.ReleaseDeliveries;
import dev.pawl.engine.interpret.Listeners;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.engine.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** Calls the listeners of the application with what they have not heard yet. */
public final class ListenerDesks {

    private final Map<String, ListenerDesk> desks = new TreeMap<>();
    private final CommandBus commands;
    private final WorkerId worker;
    private final Clock clock;
    private final Duration hold;
    private volatile Instant heldSince = Instant.MIN;

    public ListenerDesks(
            Listeners listeners,
            CommandBus commands,
            Executor executor,
            WorkerId worker,
            Clock clock,
            ListenerSettings settings) {
        this.commands = commands;
        this.worker = worker;
        this.clock = clock;
        this.hold = settings.hold();
        listeners
                .all()
                .forEach(listener -> desks.put(
                        listener.id(), new ListenerDesk(listener, commands, executor, worker.owner(), settings)));
    }

    /** Looks for what is due, in one short transaction, and holds on to what is being heard. */
    public void look() {
        if (desks.isEmpty()) {
            return;
        }
        Optional<Duration> extend = Optional.empty();
        Instant now = clock.now();
        if (isCalling() && now.isAfter(heldSince.plus(hold.dividedBy(3)))) {
            extend = Optional.of(hold);
        }
        FindDeliveries find = new FindDeliveries(desks.keySet(), worker.owner(), extend);
        var found = commands.execute(Envelope.internal(find)).orThrow().listeners();
        if (extend.isPresent()) {
            heldSince = now;
        }
        desks.forEach((id, desk) -> {
            if (found.contains(id) || desk.isCalling()) {
                desk.knock();
            }
        });
    }

    /** At start: what this node was calling listeners with when it went down is due at once. */
    public int release() {
        return desks.isEmpty()
                ? 0
                : commands.execute(Envelope.internal(new ReleaseDeliveries(worker)))
                        .orThrow()
                        .count();
    }

    /** No call is begun from now on. */
    public void close() {
        desks.values().forEach(ListenerDesk::close);
    }

    /** Whether a call goes on or is not reported yet. */
    public boolean isCalling() {
        return desks.values().stream().anyMatch(ListenerDesk::isCalling);
    }
}
