package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.command.Channels;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Arrival;
import dev.pawl.engine.model.Awaited;
import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.ChildStart;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.OpenWait;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What entries of a journal ask for beyond being recorded: waits are registered, events published, children started. It
 * all happens in the transaction that records them, so it happens once.
 */
final class OpenCheckpoints {

    private final CreateRunHandler create;

    OpenCheckpoints(CreateRunHandler create) {
        this.create = create;
    }

    /**
     * Records an entry and does what it asks for.
     *
     * @return the entry as it has become then, where that is not as it was reported
     */
    Optional<Checkpoint> record(Run run, Checkpoint entry, UnitOfWork work) {
        run.checkpoint(entry);
        boolean isEndOfWait = entry.kind() == CheckpointKind.WAIT && entry.status() == StepStatus.COMPLETED;
        if (!isEndOfWait) {
            CheckpointEvents.record(run, entry, work);
        }
        return act(run, entry, work);
    }

    private Optional<Checkpoint> act(Run run, Checkpoint entry, UnitOfWork work) {
        return switch (entry.kind()) {
            case WAIT -> ofWait(run, entry, work);
            case EMIT -> {
                emit(run, entry, work);
                yield Optional.empty();
            }
            case CHILD -> ofChild(run, entry, work);
            default -> Optional.empty();
        };
    }

    // waits

    private Optional<Checkpoint> ofWait(Run run, Checkpoint entry, UnitOfWork work) {
        if (entry.isOpen()) {
            return register(run, entry, work);
        }
        if (entry.status() == StepStatus.COMPLETED) {
            return Optional.of(endInTime(run, entry, work));
        }
        work.ports().waits().close(run.id(), entry.ordinal());
        return Optional.empty();
    }

    /** What is kept already is taken; for the rest the wait is open. */
    private static Optional<Checkpoint> register(Run run, Checkpoint entry, UnitOfWork work) {
        Awaited awaited = Channels.awaited(entry);
        List<Arrival> arrivals = new ArrayList<>();
        List<OpenWait> open = new ArrayList<>();
        for (int place = 0; place < awaited.waits().size(); place++) {
            Awaited.One one = awaited.waits().get(place);
            Channel channel = new Channel(run.header().tenant(), one.event(), one.correlation());
            Publication.bringTo(channel, work);
            Optional<PublishedEvent> kept = work.ports().waits().take(channel, event -> fits(one, event, work));
            if (kept.isPresent()) {
                arrivals.add(
                        new Arrival(run.id(), entry.ordinal(), place, kept.get().data(), null));
            } else {
                open.add(new OpenWait(run.id(), entry.ordinal(), place, channel, one.filter(), one.until()));
            }
        }
        boolean isEnough = awaited.isEnough(arrivals.size());
        if (!isEnough) {
            work.ports().waits().open(open);
        }
        if (arrivals.isEmpty()) {
            return Optional.empty();
        }
        Checkpoint after = Delivery.take(run, entry, arrivals, work);
        return Optional.of(after);
    }

    private static boolean fits(Awaited.One one, PublishedEvent event, UnitOfWork work) {
        return one.filter().equals(OpenWait.NO_FILTER)
                || EventFilter.fits(
                        one.filter(), JsonCodec.parse(work.ports().payloads().read(event.data())));
    }

    /** The wait's time is up; what came at the last moment and is not yet delivered counts. */
    private static Checkpoint endInTime(Run run, Checkpoint reported, UnitOfWork work) {
        Checkpoint stored = work.ports().journals().read(run.id(), List.of(reported.ordinal())).stream()
                .findFirst()
                .orElse(reported);
        if (!stored.isOpen()) {
            return stored;
        }
        List<Arrival> arrivals = work.ports().waits().arrivals(List.of(run.id())).stream()
                .filter(arrival -> arrival.ordinal() == reported.ordinal())
                .toList();
        Checkpoint after = arrivals.isEmpty() ? stored : Delivery.take(run, stored, arrivals, work);
        if (after.isOpen()) {
            after = after.completedAt(work.now());
            run.checkpoint(after);
            CheckpointEvents.record(run, after, work);
            work.ports().waits().close(run.id(), reported.ordinal());
        }
        return after;
    }

    // events

    private static void emit(Run run, Checkpoint entry, UnitOfWork work) {
        Channel channel = Channels.emitted(entry, run.header().tenant());
        work.publish(new PublishedEvent(
                channel.tenant(),
                "run/" + run.id() + "/" + entry.ordinal(),
                channel.event(),
                channel.correlation(),
                Objects.requireNonNull(entry.output()),
                work.now()));
    }

    // children

    private Optional<Checkpoint> ofChild(Run run, Checkpoint entry, UnitOfWork work) {
        if (!entry.isOpen()) {
            work.ports().waits().close(run.id(), entry.ordinal());
            return Optional.empty();
        }
        ChildStart start = JsonCodec.read(Objects.requireNonNull(entry.detail()), ChildStart.class);
        RunId child = new RunId(start.runId());
        JsonNode input = JsonCodec.parse(start.input());
        CreateRun command = new CreateRun(
                start.workflowId(),
                start.version(),
                input,
                null,
                start.priority() == null ? Integer.valueOf(run.header().priority()) : start.priority(),
                start.correlationId() == null ? run.header().correlationId() : start.correlationId(),
                null);
        try {
            create.create(command, child, run.header(), work);
        } catch (RefusedException e) {
            Checkpoint refused = entry.failed(
                    new Failure(e.refusal().code().name(), e.refusal().message(), entry.id()), work.now());
            run.checkpoint(refused);
            CheckpointEvents.record(run, refused, work);
            return Optional.of(refused);
        }
        work.ports().waits().openChild(run.id(), entry.ordinal(), child, start.cancelWithParent());
        return Optional.empty();
    }
}
