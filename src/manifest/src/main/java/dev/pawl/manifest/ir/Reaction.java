package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When {@code event} is emitted, run {@code targetCommand} on {@code targetEntity}: on the instance that {@code resolve} names, on every
 * instance that {@code fanOut} or {@code match} finds. */
public record Reaction(
        String event,
        String targetEntity,
        String targetCommand,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Match> match,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean elseCreate,
        @Nullable Expression resolve,
        @Nullable FanOut fanOut,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NamedExpression> params,
        @Nullable String module,
        @Nullable String entity) {
    public Reaction {
        match = match == null ? List.of() : List.copyOf(match);
        params = params == null ? List.of() : List.copyOf(params);
    }

    /** A field of the target that must equal an expression over the event. */
    public record Match(String field, Expression source) {}

    /** Every row of {@code matchEntity} (the target entity when absent) whose field equals the source. */
    public record FanOut(
            String matchField,
            Expression matchSource,
            @Nullable String matchEntity) {}
}
