package dev.pawl.engine.handler;

import dev.pawl.engine.interpret.Listeners;
import dev.pawl.engine.model.DeliveryKey;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.port.ListenerDeliveries.Pending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Keeps for each listener what it is to hear, in the transaction that records it. */
final class TellListeners {

    private final Listeners listeners;

    TellListeners(Listeners listeners) {
        this.listeners = listeners;
    }

    /** Answers whether anybody is to hear anything. */
    boolean tell(Collection<Run> changed, UnitOfWork work) {
        List<Pending> pending = new ArrayList<>();
        for (Run run : changed) {
            List<RunEvent> recorded = run.recorded();
            for (RunEvent event : recorded) {
                for (String listener : listeners.hearing(event.type())) {
                    pending.add(new Pending(
                            new DeliveryKey(listener, run.id(), event.sequence()),
                            recorded.get(0).sequence()));
                }
            }
        }
        if (!pending.isEmpty()) {
            work.ports().deliveries().add(pending, work.now());
        }
        return !pending.isEmpty();
    }
}
