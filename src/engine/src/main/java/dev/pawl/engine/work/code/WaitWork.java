package dev.pawl.engine.work.code;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.Arrivals;
import dev.pawl.api.Wait;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Awaited;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.StepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Waits for events. The wait is registered together with the suspension of the run, and the kernel closes its entry when
 * events have come; a wait whose time is up is closed here.
 */
final class WaitWork {

    private final BranchCursor branch;
    private final CodeRun run;
    private final Awaited.Mode mode;

    WaitWork(BranchCursor branch, Awaited.Mode mode) {
        this.branch = branch;
        this.run = branch.codeRun();
        this.mode = mode;
    }

    Arrivals await(String name, Wait<?>... waits) {
        BranchCursor.Call call = branch.next(CheckpointKind.WAIT, name);
        Checkpoint entry = call.entry();
        if (call.isNew()) {
            entry = begin(entry, waits);
        } else if (entry.status() != StepStatus.COMPLETED) {
            branch.meetOpen(entry);
        }
        if (entry.isOpen()) {
            entry = endInTime(entry);
        }
        branch.passed(entry, true);
        return new Received(entry, waits);
    }

    /** A branch registers its waits at once, because others may go on for long. */
    private Checkpoint begin(Checkpoint begun, Wait<?>... waits) {
        List<Awaited.One> awaited = new ArrayList<>();
        for (Wait<?> wait : waits) {
            String correlation =
                    wait.isForSignal() ? run.id().value() : wait.correlation().orElse(Awaited.ANY);
            Instant until = wait.atMost().map(run.now()::plus).orElse(null);
            awaited.add(new Awaited.One(wait.type().name(), correlation, JsonCodec.write(wait.properties()), until));
        }
        Awaited all = new Awaited(mode, awaited);
        Checkpoint entry = begun.withDetail(JsonCodec.write(all)).wakingAt(all.until());
        if (branch.isMain()) {
            run.recorder().add(entry);
            throw branch.suspend(entry, entry.wakeAt());
        }
        branch.write(entry);
        return run.journal().get(entry.ordinal());
    }

    private Checkpoint endInTime(Checkpoint entry) {
        Instant until = entry.wakeAt();
        if (run.isCheck() || until == null || until.isAfter(run.now())) {
            throw branch.suspend(entry, until);
        }
        branch.write(entry.completed(entry.output(), run.now()));
        return run.journal().get(entry.ordinal());
    }

    /** Events by place; JSON null where none has come. */
    private final class Received implements Arrivals {
        private final Checkpoint entry;
        private final List<Wait<?>> waits;
        private final @Nullable JsonNode events;

        Received(Checkpoint entry, Wait<?>... waits) {
            this.entry = entry;
            this.waits = Arrays.asList(waits);
            this.events = (JsonNode) branch.read(entry, JsonCodec.type(JsonNode.class));
        }

        @Override
        public <E> Optional<E> of(Wait<E> wait) {
            int place = waits.indexOf(wait);
            if (place < 0) {
                throw new IllegalArgumentException("'" + wait.type().name() + "' was not waited for here");
            }
            return at(place).map(event -> read(event, wait));
        }

        private <E> E read(JsonNode event, Wait<E> wait) {
            try {
                return wait.type()
                        .payload()
                        .cast(JsonCodec.bind(event, JsonCodec.type(wait.type().payload())));
            } catch (UnfitJsonException e) {
                throw new UnfitEventException(entry.id(), wait.type(), e);
            }
        }

        private Optional<JsonNode> at(int place) {
            JsonNode event = events == null ? null : events.get(place);
            return event == null || event.isNull() ? Optional.empty() : Optional.of(event);
        }

        @Override
        public boolean isEmpty() {
            return places() == 0;
        }

        @Override
        public boolean isComplete() {
            return places() == waits.size();
        }

        private int places() {
            int count = 0;
            for (int i = 0; i < waits.size(); i++) {
                count += at(i).isPresent() ? 1 : 0;
            }
            return count;
        }
    }
}
