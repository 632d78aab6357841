package dev.pawl.engine.handler;

import dev.pawl.api.Retry;
import dev.pawl.engine.command.ServeListener;
import dev.pawl.engine.command.ServeListener.Ended;
import dev.pawl.engine.command.ServeListener.Failure;
import dev.pawl.engine.model.Delivery;
import dev.pawl.engine.port.ListenerDeliveries;
import dev.pawl.engine.port.ListenerDeliveries.Hold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Settles calls of a listener and takes the next events for it. */
final class ServeListenerHandler implements Handler<ServeListener, ServeListener.Served> {

    private static final Retry SPACING =
            Retry.exponential(Integer.MAX_VALUE, Duration.ofSeconds(1)).withMaxDelay(Duration.ofMinutes(5));

    @Override
    public ServeListener.Served handle(ServeListener command, UnitOfWork work) {
        int kept = 0;
        for (Ended ended : command.ended()) {
            kept += settle(ended, command, work) ? 1 : 0;
        }
        List<Delivery> taken = new ArrayList<>();
        if (command.places() > 0) {
            ListenerDeliveries deliveries = work.ports().deliveries();
            for (Delivery delivery : deliveries.take(
                    command.listener(),
                    command.places(),
                    command.owner(),
                    work.now(),
                    work.now().plus(command.holdFor()))) {
                if (delivery.attempt() <= command.maxAttempts()) {
                    taken.add(delivery);
                } else {
                    deliveries.bury(
                            new Hold(delivery.key(), command.owner(), delivery.attempt()),
                            "Each of " + command.maxAttempts() + " calls ended with its server, or without an answer",
                            work.now());
                }
            }
        }
        return new ServeListener.Served(kept, taken);
    }

    private static boolean settle(Ended ended, ServeListener command, UnitOfWork work) {
        ListenerDeliveries deliveries = work.ports().deliveries();
        Hold held = new Hold(ended.key(), command.owner(), ended.attempt());
        if (ended.failure().isEmpty()) {
            return deliveries.heard(held, work.now());
        }
        Failure failure = ended.failure().get();
        return failure.isFinal() || ended.attempt() >= command.maxAttempts()
                ? deliveries.bury(held, failure.reason(), work.now())
                : deliveries.postpone(held, work.now().plus(SPACING.delayAfter(ended.attempt(), 0)), failure.reason());
    }
}
