package dev.pawl.acceptance.outage.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageLog;
import dev.pawl.api.StageOptions;
import dev.pawl.api.WorkflowSource;
import java.util.List;
import java.util.Map;

/** The workflows. None of their stages may fail once. */
public class OutageWorkflows implements WorkflowSource {

    private static final long TICK_MILLIS = 200;

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(
                Pipeline.named("away-line", Name.class)
                        .then(new Note("one"))
                        .then(new Note("two"))
                        .then(new Note("three"))
                        .build(),
                Pipeline.named("away-long", Name.class).then(new Talk()).build());
    }

    record Name(String name) {}

    /** @param ticks how many lines were written */
    record Told(int ticks) {}

    private static final class Note implements Stage<Name, Name> {
        private final String id;

        Note(String id) {
            this.id = id;
        }

        @Override
        public Name execute(StageContext context, Name input) {
            Gates.note(input.name() + " " + id);
            return input;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.none());
        }
    }

    /** Writes lines and progress until its gate is open. */
    private static final class Talk implements Stage<Name, Told> {
        @Override
        public Told execute(StageContext context, Name input) throws Exception {
            Gates.note(input.name() + " begins");
            int ticks = 0;
            while (!Gates.isOpen(input.name())) {
                context.log().log(StageLog.Level.INFO, "tick " + ticks, Map.of());
                ticks++;
                context.progress(Math.min(ticks, 1_000), 1_000);
                Thread.sleep(TICK_MILLIS);
            }
            return new Told(ticks);
        }

        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.none());
        }
    }
}
