package dev.pawl.engine.work;

import dev.pawl.engine.command.Command;
import dev.pawl.engine.command.CreateRunTraced;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.port.Tracing;
import java.util.concurrent.CompletableFuture;

/** Writes what callers without a transaction ask for. Those who come at the same time share one. */
public final class CallerDesk {

    private final WriteDesk desk;
    private final Tracing tracing;

    public CallerDesk(StepWorker worker, Tracing tracing) {
        this.desk = worker.desk();
        this.tracing = tracing;
    }

    /**
     * Returns once it is committed; a refusal concerns this command alone.
     *
     * @param envelope without an idempotency key, of a command that {@link Command#mayShare() may share}
     */
    public <R> Outcome<R> execute(Envelope<R> envelope) {
        Command<R> command = envelope.command().tracedBy(tracing.current().orElse(null));
        Calling<R> own = new Calling<>(
                desk,
                new Envelope<>(command, envelope.caller(), envelope.idempotencyKey(), envelope.causationId()),
                new CompletableFuture<>());
        return desk.write(own, own.result());
    }

    /** Executed once more after a commit that may have arrived, it might be done twice: so it fails. */
    private record Calling<R>(WriteDesk desk, Envelope<R> envelope, CompletableFuture<Outcome<R>> result)
            implements WriteDesk.Item {

        @Override
        public boolean isStart() {
            return envelope.command() instanceof CreateRunTraced;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void answer(Outcome<?> outcome) {
            result.complete((Outcome<R>) outcome);
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
