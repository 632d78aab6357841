package dev.pawl.api.local;

import org.jspecify.annotations.Nullable;

/**
 * How a finished run is begun once more.
 *
 * @param input in the place of what the stage's group worked on before; absent: the same again
 * @param allowCancelled whether a cancelled run may be begun again too
 */
public record RerunOptions(@Nullable Object input, boolean allowCancelled) {

    public static final RerunOptions NONE = new RerunOptions(null, false);

    public RerunOptions withInput(Object value) {
        return new RerunOptions(value, allowCancelled);
    }

    public RerunOptions allowingCancelled() {
        return new RerunOptions(input, true);
    }
}
