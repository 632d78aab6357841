package dev.pawl.testkit;

import dev.pawl.api.AsyncBatchStage;
import dev.pawl.api.Completion;
import dev.pawl.api.ConfiguredStage;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.api.Submission;
import java.util.Optional;
import java.util.Set;

/** A stage as its author wrote it, except that a script decides whether its code is called. */
class ScriptedStage implements Stage<Object, Object> {

    private final Stage<Object, Object> original;
    private final StageScript script;

    @SuppressWarnings("unchecked") // the engine calls it with the types the original declares
    private ScriptedStage(Stage<?, ?> original, StageScript script) {
        this.original = (Stage<Object, Object>) original;
        this.script = script;
    }

    /** @param polls the script of the polls of a stage that waits for work elsewhere */
    static Stage<?, ?> of(Stage<?, ?> original, StageScript script, StageScript polls) {
        if (original instanceof AsyncBatchStage<?, ?, ?> batch) {
            return original instanceof dev.pawl.api.Configured<?> settings
                    ? new ConfiguredBatch(batch, settings, script, polls)
                    : new Batch(batch, script, polls);
        }
        return original instanceof ConfiguredStage<?, ?, ?> configured
                ? new Configured(configured, script)
                : new ScriptedStage(original, script);
    }

    @Override
    public Object execute(StageContext context, Object input) throws Exception {
        return script.execute(context, input, () -> original.execute(context, input));
    }

    @Override
    public String id() {
        return original.id();
    }

    @Override
    public String name() {
        return original.name();
    }

    @Override
    public Set<String> dependsOn() {
        return original.dependsOn();
    }

    @Override
    public StageOptions options() {
        return original.options();
    }

    private static class Batch extends ScriptedStage implements AsyncBatchStage<Object, Object, Object> {

        private final AsyncBatchStage<Object, Object, Object> original;
        private final StageScript script;
        private final StageScript polls;

        @SuppressWarnings("unchecked") // the engine calls it with the types the original declares
        Batch(AsyncBatchStage<?, ?, ?> original, StageScript script, StageScript polls) {
            super(original, script);
            this.original = (AsyncBatchStage<Object, Object, Object>) original;
            this.script = script;
            this.polls = polls;
        }

        @Override
        public Object execute(StageContext context, Object input) {
            throw new UnsupportedOperationException("a batch stage is executed with its resume state");
        }

        /** A mock answers with an output, or with a {@link Submission} of its own. */
        @Override
        @SuppressWarnings("unchecked")
        public Submission<Object, Object> execute(StageContext context, Object input, Optional<Object> resumeState)
                throws Exception {
            Object answer = script.execute(context, input, () -> original.execute(context, input, resumeState));
            return answer instanceof Submission<?, ?> submission
                    ? (Submission<Object, Object>) submission
                    : Submission.completed(answer);
        }

        /** A mock answers with an output, or with a {@link Completion} of its own. */
        @Override
        @SuppressWarnings("unchecked")
        public Completion<Object, Object> checkCompletion(StageContext context, Object state) throws Exception {
            Object answer = polls.execute(context, state, () -> original.checkCompletion(context, state));
            return answer instanceof Completion<?, ?> completion
                    ? (Completion<Object, Object>) completion
                    : Completion.ready(answer);
        }
    }

    private static final class ConfiguredBatch extends Batch implements dev.pawl.api.Configured<Record> {

        private final dev.pawl.api.Configured<?> settings;

        ConfiguredBatch(
                AsyncBatchStage<?, ?, ?> original,
                dev.pawl.api.Configured<?> settings,
                StageScript script,
                StageScript polls) {
            super(original, script, polls);
            this.settings = settings;
        }

        @Override
        public Record defaults() {
            return settings.defaults();
        }
    }

    private static final class Configured extends ScriptedStage implements ConfiguredStage<Object, Object, Record> {

        private final ConfiguredStage<?, ?, ?> original;

        Configured(ConfiguredStage<?, ?, ?> original, StageScript script) {
            super(original, script);
            this.original = original;
        }

        @Override
        public Record defaults() {
            return original.defaults();
        }

        @Override
        public Object execute(StageContext context, Object input) throws Exception {
            return super.execute(context, input);
        }

        /** The settings are read again by the original, which knows their type. */
        @Override
        public Object execute(StageContext context, Object input, Record config) throws Exception {
            return execute(context, input);
        }
    }
}
