package dev.pawl.api.ai;

import org.jspecify.annotations.Nullable;

/**
 * What came of one prompt of a batch: a value or an error.
 *
 * @param item the id under which the prompt was submitted
 * @param errorCode for instance {@code AI_INVALID_OBJECT} or {@code AI_REJECTED}
 */
public record AiBatchResult<T>(
        String item,
        @Nullable T value,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        AiUsage usage) {

    public boolean isError() {
        return errorCode != null;
    }

    /**
     * The value.
     *
     * @throws AiException when there is an error instead
     */
    public T orThrow() {
        T present = value;
        if (present == null) {
            throw new AiException(
                    errorCode == null ? "AI_UNAVAILABLE" : errorCode,
                    "prompt '" + item + "' of the batch has no answer: " + errorMessage,
                    null);
        }
        return present;
    }
}
