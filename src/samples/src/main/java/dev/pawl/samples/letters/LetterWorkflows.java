package dev.pawl.samples.letters;

import dev.pawl.api.Pipeline;
import dev.pawl.api.WorkflowSource;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Offers the sample to the engine, with the model that {@code pawl.samples.letters.model} names; default {@code letters}.
 * Until that model is configured, its runs fail with a message that says how.
 */
public class LetterWorkflows implements WorkflowSource {

    @Override
    public List<Pipeline<?, ?>> workflows() {
        String model = ConfigProvider.getConfig()
                .getOptionalValue("pawl.samples.letters.model", String.class)
                .orElse("letters");
        return List.of(AnswerLetter.pipeline(model), SortBacklog.pipeline(model));
    }
}
