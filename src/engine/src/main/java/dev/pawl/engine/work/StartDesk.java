package dev.pawl.engine.work;

import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.CreateRunTraced;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.port.Tracing;
import java.util.concurrent.CompletableFuture;

/** Starts runs for callers without a transaction. Those who come at the same time share one. */
public final class StartDesk {

    private final WriteDesk desk;
    private final Tracing tracing;

    public StartDesk(StepWorker worker, Tracing tracing) {
        this.desk = worker.desk();
        this.tracing = tracing;
    }

    /**
     * Returns once the run is committed.
     *
     * @param envelope without an idempotency key
     */
    public Outcome<CreateRun.Created> start(CreateRun create, Envelope<CreateRun.Created> envelope) {
        CreateRunTraced traced = new CreateRunTraced(create, tracing.current().orElse(null));
        Starting own = new Starting(
                desk,
                new Envelope<>(traced, envelope.caller(), envelope.idempotencyKey(), envelope.causationId()),
                new CompletableFuture<>());
        return desk.write(own, own.result());
    }

    /** Started once more after a commit that may have arrived, the run might be there twice: so it fails. */
    private record Starting(
            WriteDesk desk, Envelope<CreateRun.Created> envelope, CompletableFuture<Outcome<CreateRun.Created>> result)
            implements WriteDesk.Item {

        @Override
        public boolean isStart() {
            return true;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void answer(Outcome<?> outcome) {
            result.complete((Outcome<CreateRun.Created>) outcome);
        }

        @Override
        public void fail(RuntimeException why) {
            result.completeExceptionally(why);
        }

        @Override
        public void again(RuntimeException why, boolean wasAlone) {
            if (wasAlone) {
                fail(why);
            } else {
                desk.writeAlone(this);
            }
        }
    }
}
