package dev.pawl.engine.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.pawl.engine.ai.AnswerSchemas.AnswerSchema;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what a model wrote as an object. */
final class Answers {

    /** The code of an answer that does not fit. */
    static final String INVALID = "AI_INVALID_OBJECT";

    private static final Pattern FENCED =
            Pattern.compile("\\s*```(?:json)?\\s*\\n(.*?)\\n?\\s*```\\s*", Pattern.DOTALL);
    private static final int MOST_ERRORS = 10;

    private Answers() {}

    /**
     * The object in this answer. Models like to put a fence around JSON, which does not count against them.
     *
     * @throws Unfit saying what is wrong, in words that the model understands
     */
    static <T> T read(String answer, AnswerSchema schema, Class<T> type) throws Unfit {
        Matcher fenced = FENCED.matcher(answer);
        try {
            JsonNode json = JsonCodec.parse(fenced.matches() ? fenced.group(1) : answer);
            List<Error> errors = schema.validator().validate(json);
            if (!errors.isEmpty()) {
                throw new Unfit(errors.stream()
                        .limit(MOST_ERRORS)
                        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                        .collect(Collectors.joining("; ")));
            }
            return type.cast(JsonCodec.bind(json, JsonCodec.type(type)));
        } catch (UnfitJsonException e) {
            throw new Unfit(String.valueOf(e.getMessage()));
        }
    }

    /** The answer is not what was asked for. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(String message) {
            super(message, null, false, false);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }
}
