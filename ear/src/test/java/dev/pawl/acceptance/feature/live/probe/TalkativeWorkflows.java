package dev.pawl.acceptance.feature.live.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageLog;
import dev.pawl.api.WorkflowSource;
import java.util.List;
import java.util.Map;

/** Pipelines whose stages log, tell their progress and stand at gates. */
public class TalkativeWorkflows implements WorkflowSource {

    /** @param gate of the stage in the middle */
    public record Errand(String gate) {}

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(
                Pipeline.named("talkative", Errand.class)
                        .then(new Speaker("before"))
                        .then(new Held())
                        .then(new Speaker("after"))
                        .build(),
                Pipeline.named("held", Errand.class).then(new Silent()).build());
    }

    private record Speaker(String id) implements Stage<Errand, Errand> {
        @Override
        public Errand execute(StageContext context, Errand errand) {
            context.log().info(id + " speaks");
            return errand;
        }
    }

    private static final class Held implements Stage<Errand, Errand> {
        @Override
        public String id() {
            return "middle";
        }

        @Override
        public Errand execute(StageContext context, Errand errand) throws Exception {
            context.log().info("at the gate", Map.of("gate", errand.gate()));
            context.log().log(StageLog.Level.WARN, "it is closed", Map.of());
            context.progress(0.5, "half way", Map.of("gate", errand.gate()));
            Gates.await(errand.gate());
            context.log().error("through the gate");
            return errand;
        }
    }

    private static final class Silent implements Stage<Errand, Errand> {
        @Override
        public String id() {
            return "silent";
        }

        @Override
        public Errand execute(StageContext context, Errand errand) throws Exception {
            Gates.await(errand.gate());
            return errand;
        }
    }
}
