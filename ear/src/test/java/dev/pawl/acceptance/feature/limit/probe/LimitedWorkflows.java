package dev.pawl.acceptance.feature.limit.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.api.WorkflowSource;
import dev.pawl.api.flow.Bulkhead;
import dev.pawl.api.flow.Cache;
import dev.pawl.api.flow.CircuitBreaker;
import dev.pawl.api.flow.Concurrency;
import dev.pawl.api.flow.Debounce;
import dev.pawl.api.flow.Fairness;
import dev.pawl.api.flow.RateLimit;
import dev.pawl.api.flow.StartPolicy;
import dev.pawl.api.flow.StepPolicy;
import java.time.Duration;
import java.util.List;

/** Pipelines of one stage, each under a policy. */
public class LimitedWorkflows implements WorkflowSource {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    /**
     * @param key what is counted apart
     * @param name noted when the stage begins
     * @param gate to stand at, if any
     */
    public record Job(String key, String name, String gate) {}

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(
                starting("limited-per-key", Concurrency.perKey("/key", 1)),
                starting("limited-in-turns", Concurrency.limit(1), Fairness.byKey("/key")),
                starting("limited-rate", RateLimit.of(2, AN_HOUR).perKey("/key")),
                starting("limited-debounced", Debounce.of(AN_HOUR, "/key")),
                calling("limited-cached", Cache.ttl(AN_HOUR)),
                calling("limited-bulkhead", Bulkhead.of(1, 1).acrossServers()),
                calling("limited-breaker", CircuitBreaker.of("limited-breaker", 2, AN_HOUR, AN_HOUR)));
    }

    private static Pipeline<Job, String> starting(String id, StartPolicy... policies) {
        return Pipeline.named(id, Job.class)
                .startedUnder(policies)
                .then(new Work(StageOptions.DEFAULT))
                .build();
    }

    private static Pipeline<Job, String> calling(String id, StepPolicy policy) {
        return Pipeline.named(id, Job.class)
                .then(new Work(StageOptions.retry(Retry.none()).with(policy)))
                .build();
    }

    /** Fails for as long as the gate {@code <key>-broken} is open and {@code <key>-mended} is not. */
    static final class Work implements Stage<Job, String> {
        private final StageOptions options;

        Work(StageOptions options) {
            this.options = options;
        }

        @Override
        public String execute(StageContext context, Job job) throws Exception {
            Gates.note(job.name());
            if (!job.gate().isEmpty()) {
                Gates.await(job.gate());
            }
            if (Gates.isOpen(job.key() + "-broken") && !Gates.isOpen(job.key() + "-mended")) {
                throw new IllegalStateException("broken");
            }
            return job.name();
        }

        @Override
        public StageOptions options() {
            return options;
        }
    }
}
