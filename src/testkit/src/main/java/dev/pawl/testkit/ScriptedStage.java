package dev.pawl.testkit;

import dev.pawl.api.ConfiguredStage;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
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

    static Stage<?, ?> of(Stage<?, ?> original, StageScript script) {
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
