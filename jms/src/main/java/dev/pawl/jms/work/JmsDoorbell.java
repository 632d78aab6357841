package dev.pawl.jms.work;

import dev.pawl.engine.live.LiveEvents;
import dev.pawl.engine.port.Doorbell;
import dev.pawl.engine.work.Alarm;
import dev.pawl.engine.work.ListenerDesks;
import dev.pawl.engine.work.Outage;
import dev.pawl.engine.work.Relay;
import dev.pawl.engine.work.StepWorker;
import dev.pawl.engine.work.limit.LimitDesk;
import dev.pawl.jms.MessageCounts;
import dev.pawl.jms.contract.Destinations;
import dev.pawl.jms.contract.JobMessage;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes this server's worker by a call while it has room, and else any worker by a message that need not survive anything;
 * the relay of this server by a call. All happens on other threads and outside any transaction; whoever rings is never held up
 * and never fails.
 */
@ApplicationScoped
public class JmsDoorbell implements Doorbell {

    private static final Logger LOG = LoggerFactory.getLogger(JmsDoorbell.class);

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    private ManagedScheduledExecutorService scheduler;

    @Resource(lookup = Destinations.CONNECTION_FACTORY)
    private ConnectionFactory broker;

    @Resource(lookup = Destinations.JOBS)
    private Queue jobs;

    /** Asked for when the bell rings: the relay is made of the kernel, and the kernel rings this bell. */
    @Inject
    private Instance<Relay> relay;

    @Inject
    private Instance<StepWorker> worker;

    @Inject
    private Instance<Alarm> alarm;

    /** Tells those who listen on this server. */
    @Inject
    private LiveEvents live;

    @Inject
    private Instance<ListenerDesks> listeners;

    @Inject
    private Instance<LimitDesk> limits;

    @Inject
    private MessageCounts counts;

    /** Time between two wake-ups at least. */
    @Inject
    @ConfigProperty(name = "pawl.doorbell.work-interval", defaultValue = "PT0.005S")
    private Duration workInterval;

    /** Time from an event to its relay, so that one transaction carries what belongs together. */
    @Inject
    @ConfigProperty(name = "pawl.doorbell.events-interval", defaultValue = "PT0.05S")
    private Duration eventsInterval;

    /** Switched off, events are relayed and heard when somebody asks for it; other servers may still be woken. */
    @Inject
    @ConfigProperty(name = "pawl.timers", defaultValue = "true")
    private boolean relays;

    private final Outage outage = new Outage("The broker", System::nanoTime);
    private CoalescedBell workBell;
    private CoalescedBell eventsBell;
    private CoalescedBell deliveriesBell;
    private CoalescedBell limitsBell;

    @PostConstruct
    void hang() {
        CoalescedBell.Later later =
                (delay, action) -> scheduler.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        workBell = new CoalescedBell(later, Duration.ZERO, workInterval, this::wakeSomebody);
        eventsBell = new CoalescedBell(later, eventsInterval, eventsInterval, this::relayEvents);
        limitsBell = new CoalescedBell(later, Duration.ZERO, workInterval, this::seeToLimits);
        deliveriesBell = new CoalescedBell(later, Duration.ZERO, eventsInterval, this::callListeners);
    }

    @Override
    public void work() {
        workBell.ring();
    }

    @Override
    public void workAt(Instant due) {
        if (relays) {
            alarm.get().at(due);
        }
    }

    @Override
    public void events() {
        if (relays) {
            eventsBell.ring();
        }
        live.ring();
    }

    @Override
    public void limits() {
        if (relays) {
            limitsBell.ring();
        }
    }

    @Override
    public void deliveries() {
        if (relays) {
            deliveriesBell.ring();
        }
    }

    /** A message costs more than the rest of a short run, and may come back to this very server. */
    private void wakeSomebody() {
        if (worker.get().hasRoom()) {
            worker.get().wake();
        } else {
            sendWakeUp();
        }
    }

    private void sendWakeUp() {
        try (JMSContext context = broker.createContext()) {
            context.createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .send(jobs, JobMessage.WAKE_UP.text());
            counts.wakeUpSent();
            outage.worked();
        } catch (RuntimeException e) {
            outage.noticed(e);
        }
    }

    private void relayEvents() {
        try {
            relay.get().relay();
        } catch (RuntimeException e) {
            LOG.warn("Events could not be relayed; a timer tries again", e);
        }
    }

    private void seeToLimits() {
        try {
            limits.get().look();
        } catch (RuntimeException e) {
            LOG.warn("Limits could not be seen to; a timer tries again", e);
        }
    }

    private void callListeners() {
        try {
            listeners.get().look();
        } catch (RuntimeException e) {
            LOG.warn("Listeners could not be called; a timer tries again", e);
        }
    }
}
