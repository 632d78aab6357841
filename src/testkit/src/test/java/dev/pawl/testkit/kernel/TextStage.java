package dev.pawl.testkit.kernel;

import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;

/** A stage that appends its id, or does what a test says. */
final class TextStage implements Stage<Text, Text> {

    interface Body {
        Text execute(StageContext context, Text input) throws Exception;
    }

    private final String id;
    private final StageOptions options;
    private final Body body;

    private TextStage(String id, StageOptions options, Body body) {
        this.id = id;
        this.options = options;
        this.body = body;
    }

    static TextStage append(String id) {
        return new TextStage(
                id, StageOptions.DEFAULT, (context, input) -> new Text(input.value() + "+" + context.stageId()));
    }

    static TextStage of(String id, Body body) {
        return new TextStage(id, StageOptions.DEFAULT, body);
    }

    TextStage with(StageOptions value) {
        return new TextStage(id, value, body);
    }

    TextStage with(Retry value) {
        return with(options.withRetry(value));
    }

    @Override
    public Text execute(StageContext context, Text input) throws Exception {
        return body.execute(context, input);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public StageOptions options() {
        return options;
    }
}
