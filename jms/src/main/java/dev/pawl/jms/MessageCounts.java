package dev.pawl.jms;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.annotation.Gauge;

/** How many messages this server sent and received since it started, because messages are what costs. */
@ApplicationScoped
public class MessageCounts {

    private final LongAdder wakeUpsSent = new LongAdder();
    private final LongAdder jobsReceived = new LongAdder();
    private final LongAdder commandsReceived = new LongAdder();
    private final LongAdder eventsSent = new LongAdder();
    private final LongAdder eventsReceived = new LongAdder();

    public void wakeUpSent() {
        wakeUpsSent.increment();
    }

    public void jobReceived() {
        jobsReceived.increment();
    }

    public void commandReceived() {
        commandsReceived.increment();
    }

    public void eventSent() {
        eventsSent.increment();
    }

    public void eventReceived() {
        eventsReceived.increment();
    }

    @Gauge(
            name = "pawl_jms_events_received",
            absolute = true,
            unit = MetricUnits.NONE,
            description = "Messages taken from the queue of events from outside")
    public long eventsReceived() {
        return eventsReceived.sum();
    }

    @Gauge(
            name = "pawl_jms_wakeups_sent",
            absolute = true,
            unit = MetricUnits.NONE,
            description = "Messages sent that tell workers to look for work")
    public long wakeUpsSent() {
        return wakeUpsSent.sum();
    }

    @Gauge(
            name = "pawl_jms_jobs_received",
            absolute = true,
            unit = MetricUnits.NONE,
            description = "Messages taken from the queue of the workers")
    public long jobsReceived() {
        return jobsReceived.sum();
    }

    @Gauge(
            name = "pawl_jms_commands_received",
            absolute = true,
            unit = MetricUnits.NONE,
            description = "Messages taken from the queue of commands")
    public long commandsReceived() {
        return commandsReceived.sum();
    }

    @Gauge(
            name = "pawl_jms_events_sent",
            absolute = true,
            unit = MetricUnits.NONE,
            description = "Events handed to the topic, those rolled back included")
    public long eventsSent() {
        return eventsSent.sum();
    }
}
