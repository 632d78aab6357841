package dev.pawl.acceptance.workflow;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.AsyncBatchStage;
import dev.pawl.api.Completion;
import dev.pawl.api.None;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Poll;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.api.Submission;
import dev.pawl.api.WorkflowSource;
import dev.pawl.api.local.Workflows;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The workflows of the acceptance tests. */
public class ProbeWorkflows implements WorkflowSource {

    @Inject
    private Workflows workflows;

    @Override
    public List<Pipeline<?, ?>> workflows() {
        TransferStage.createTable();
        return List.of(
                Pipeline.named("three-steps", ProbeInput.class)
                        .then(new First())
                        .then(new Held())
                        .then(new Last())
                        .build(),
                Pipeline.named("last-word", ProbeInput.class)
                        .then(new First())
                        .then(new SaysLastWord())
                        .build(),
                Pipeline.named("side-by-side", ProbeInput.class)
                        .parallel(
                                new Sleeper("a"),
                                new Sleeper("b"),
                                new Sleeper("c"),
                                new Sleeper("d"),
                                new Sleeper("e"))
                        .build(),
                Pipeline.named("starts-under-a-key", ProbeInput.class)
                        .then(new StartsUnderAKey(workflows))
                        .build(),
                Pipeline.named("crash-loop", ProbeInput.class)
                        .then(new AlwaysHalts())
                        .build(),
                Pipeline.named("flaky", ProbeInput.class).then(new Flaky()).build(),
                Pipeline.named("wrong-output", ProbeInput.class)
                        .then(new WrongOutput())
                        .build(),
                Pipeline.named("large", ProbeInput.class)
                        .then(new LargeOutput())
                        .then(new MeasuresLarge())
                        .build(),
                Pipeline.named("no-op", None.class)
                        .thenWithoutInput(new NoOp("one"))
                        .thenWithoutInput(new NoOp("two"))
                        .thenWithoutInput(new NoOp("three"))
                        .build(),
                Pipeline.named("asks", ProbeInput.class)
                        .then(new First())
                        .then(new Asks())
                        .build(),
                Pipeline.named("batch", ProbeInput.class)
                        .then(new Batch())
                        .then(new Last())
                        .build(),
                Pipeline.named("transfer", ProbeInput.class)
                        .then(new TransferStage())
                        .build(),
                Pipeline.named("list-transfers", None.class)
                        .thenWithoutInput(new ListTransfers())
                        .build());
    }

    static final class First implements Stage<ProbeInput, Crumb> {
        @Override
        public Crumb execute(StageContext context, ProbeInput input) {
            Gates.note(input.name() + " first");
            return new Crumb(input.name(), input.gate() == null ? "" : input.gate(), 1);
        }
    }

    /** Waits at the gate before it has done anything. */
    static final class Held implements Stage<Crumb, Crumb> {
        @Override
        public Crumb execute(StageContext context, Crumb crumb) throws Exception {
            if (!crumb.gate().isEmpty()) {
                context.progress(0.5, "at the gate", Map.of("gate", crumb.gate()));
                context.log().info("Waiting at gate " + crumb.gate());
                Gates.await(crumb.gate());
            }
            Gates.note(crumb.name() + " held");
            return crumb.next();
        }
    }

    static final class Last implements Stage<Crumb, Crumb> {
        @Override
        public Crumb execute(StageContext context, Crumb crumb) {
            Gates.note(crumb.name() + " last");
            return crumb.next();
        }
    }

    static final class SaysLastWord implements Stage<Crumb, LastWord> {
        @Override
        public LastWord execute(StageContext context, Crumb crumb) {
            Gates.note(crumb.name() + " says-last-word");
            return new LastWord(crumb.name());
        }
    }

    record Sleeper(String letter) implements Stage<ProbeInput, Crumb> {
        @Override
        public String id() {
            return "sleeper-" + letter;
        }

        @Override
        public Crumb execute(StageContext context, ProbeInput input) throws Exception {
            Gates.await(input.gate() + "-" + letter);
            return new Crumb(input.name(), letter, 1);
        }
    }

    /** Work elsewhere that has ended once its gate is open. */
    static final class Batch implements AsyncBatchStage<ProbeInput, Crumb, Crumb> {
        @Override
        public Submission<Crumb, Crumb> execute(StageContext context, ProbeInput input, Optional<Crumb> resumeState) {
            Gates.note(input.name() + " submitted");
            return Submission.suspended(
                    new Crumb(input.name(), Objects.requireNonNull(input.gate()), 1),
                    Poll.every(Duration.ofMillis(200)));
        }

        @Override
        public Completion<Crumb, Crumb> checkCompletion(StageContext context, Crumb ticket) {
            return Gates.isOpen(ticket.gate()) ? Completion.ready(ticket.next()) : Completion.notReady();
        }
    }

    static final class AlwaysHalts implements Stage<ProbeInput, Crumb> {
        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.fixed(2, Duration.ofMillis(100)));
        }

        @Override
        public Crumb execute(StageContext context, ProbeInput input) {
            Gates.note(input.name() + " attempt " + context.attempt());
            Runtime.getRuntime().halt(137);
            return new Crumb(input.name(), "", 0);
        }
    }

    static final class Flaky implements Stage<ProbeInput, Crumb> {
        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.fixed(3, Duration.ofMillis(200)));
        }

        @Override
        public Crumb execute(StageContext context, ProbeInput input) {
            if (context.attempt() < 3) {
                throw new IllegalStateException("not yet, says attempt " + context.attempt());
            }
            return new Crumb(input.name(), "", context.attempt());
        }
    }

    /** Says another value than it was made of, so that its JSON does not make one again. */
    record Positive(int number) {
        Positive {
            if (number < 1) {
                throw new IllegalArgumentException("number must be positive, was " + number);
            }
        }

        @Override
        public int number() {
            return -number;
        }
    }

    static final class WrongOutput implements Stage<ProbeInput, Positive> {
        @Override
        public Positive execute(StageContext context, ProbeInput input) {
            Gates.note(input.name() + " wrong-output");
            return new Positive(1);
        }
    }

    /** Reads an output that is there, one that is not, and insists on the latter. */
    static final class Asks implements Stage<Crumb, Crumb> {
        @Override
        public Crumb execute(StageContext context, Crumb crumb) {
            Crumb first = context.require("first", Crumb.class);
            boolean absent = context.optional("absent", Crumb.class).isEmpty();
            Gates.note(first.name() + " asked, absent is " + (absent ? "empty" : "there"));
            return context.require("absent", Crumb.class);
        }
    }

    static final class LargeOutput implements Stage<ProbeInput, Crumb> {
        @Override
        public Crumb execute(StageContext context, ProbeInput input) {
            return new Crumb("x".repeat(200_000), input.gate() == null ? "" : input.gate(), 1);
        }
    }

    static final class MeasuresLarge implements Stage<Crumb, Crumb> {
        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.fixed(2, Duration.ofSeconds(2)));
        }

        @Override
        public Crumb execute(StageContext context, Crumb crumb) throws Exception {
            if (context.attempt() == 1) {
                Gates.await(crumb.gate());
                throw new IllegalStateException("the first attempt fails, so that the input is read again");
            }
            return new Crumb("", "", crumb.name().length());
        }
    }

    record NoOp(String id) implements Stage<None, None> {
        @Override
        public None execute(StageContext context, None input) {
            return None.NONE;
        }
    }
}
