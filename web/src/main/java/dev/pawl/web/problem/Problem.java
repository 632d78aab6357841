package dev.pawl.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.pawl.engine.json.FieldError;
import java.util.List;
import java.util.Locale;

/**
 * A problem document of RFC 9457.
 *
 * @param instance the path that was asked for
 * @param code stable, UPPER_SNAKE
 * @param errors what is wrong with single members, left out when empty
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "code", "errors"})
public record Problem(
        String title,
        int status,
        String detail,
        String instance,
        String code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    /** A name for this kind of problem; nothing is to be found there. */
    public String getType() {
        return "urn:pawl:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
