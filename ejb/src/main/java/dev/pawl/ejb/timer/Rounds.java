package dev.pawl.ejb.timer;

import dev.pawl.engine.port.StoreUnavailableException;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rounds that EJB timers make. One that takes longer than its interval is not overtaken by the next one, and one that fails is
 * logged and tried again at its next turn.
 *
 * @param <R> the rounds of one bean, which are the infos of its timers
 */
public final class Rounds<R extends Enum<R>> {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final Map<R, AtomicBoolean> busy;
    private final Class<R> kinds;
    private final Consumer<R> make;

    public Rounds(Class<R> kinds, Consumer<R> make) {
        this.kinds = kinds;
        this.make = make;
        this.busy = new EnumMap<>(kinds);
        for (R round : kinds.getEnumConstants()) {
            busy.put(round, new AtomicBoolean());
        }
    }

    /** Has a timer make this round from now on. */
    public void start(TimerService timers, R round, Duration interval) {
        timers.createIntervalTimer(interval.toMillis(), interval.toMillis(), new TimerConfig(round, false));
    }

    /** Makes the round of this timer, unless the one before still lasts. */
    public void on(Timer timer) {
        R round = kinds.cast(timer.getInfo());
        AtomicBoolean taken = busy.get(round);
        if (taken.compareAndSet(false, true)) {
            try {
                make.accept(round);
            } catch (StoreUnavailableException e) {
                LOG.debug("The round {} is made again in its turn", round, e);
            } catch (RuntimeException e) {
                LOG.warn("The round {} failed and is made again in its turn", round, e);
            } finally {
                taken.set(false);
            }
        }
    }
}
