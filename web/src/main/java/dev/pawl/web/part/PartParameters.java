package dev.pawl.web.part;

import dev.pawl.engine.query.Page;
import dev.pawl.web.TextParameter;
import dev.pawl.web.problem.RequestException;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of a list is wanted. */
public abstract class PartParameters {

    @QueryParam("cursor")
    @Parameter(description = "The member next of the part before")
    @Nullable
    String cursor;

    /** How many entries at the most. */
    public abstract int limit();

    /** Where the part before ended, or null for the first one. */
    public @Nullable String cursor() {
        return TextParameter.text("cursor", cursor);
    }

    /**
     * The wanted part.
     *
     * @param list takes the cursor and the limit, and throws IllegalArgumentException for a cursor that is not one
     */
    public <T> Page<T> of(BiFunction<Optional<String>, Integer, Page<T>> list) {
        Optional<String> after = Optional.ofNullable(cursor());
        int most = limit();
        try {
            return list.apply(after, most);
        } catch (IllegalArgumentException e) {
            throw RequestException.parameter("cursor", "the member next of the part before is expected");
        }
    }
}
