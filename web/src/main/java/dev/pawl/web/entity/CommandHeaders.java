package dev.pawl.web.entity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.FieldError;
import dev.pawl.manifest.runtime.CallOptions;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.OverrideRequest;
import dev.pawl.web.problem.HttpFault;
import dev.pawl.web.problem.RequestException;
import jakarta.ws.rs.HeaderParam;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What a request states beside the input of its command. */
public class CommandHeaders {

    private static final String OVERRIDES = "$overrides";
    private static final Pattern VERSION = Pattern.compile("(?:W/)?\"?([1-9][0-9]{0,17})\"?");
    private static final int LONGEST = 250;

    @HeaderParam("Idempotency-Key")
    @Parameter(description = "1 to 250 characters; the same key again answers what the first command answered")
    @Nullable
    String idempotencyKey;

    @HeaderParam("If-Match")
    @Parameter(description = "The version (ETag) of the instance the caller has seen; another one is a conflict")
    @Nullable
    String ifMatch;

    @HeaderParam("Correlation-Id")
    @Parameter(description = "Groups the events of a whole flow; absent, the command begins a new one")
    @Nullable
    String correlationId;

    @HeaderParam("Causation-Id")
    @Parameter(description = "The event that led to the command; absent, the command is its own cause")
    @Nullable
    String causationId;

    /** The call with what the headers state; {@code $overrides} is taken out of the body. */
    CommandCall call(String entity, String command, @Nullable String id, ObjectNode body) {
        return complete(CommandCall.of(entity, command).on(id), body);
    }

    /** The same for a command of the program itself. */
    CommandCall call(String command, ObjectNode body) {
        return complete(CommandCall.ofProgram(command), body);
    }

    private CommandCall complete(CommandCall call, ObjectNode body) {
        ObjectNode input = body.deepCopy();
        List<OverrideRequest> overrides = overrides(input.remove(OVERRIDES));
        CallOptions options = CallOptions.NONE
                .withIdempotencyKey(text("Idempotency-Key", idempotencyKey))
                .withExpectedVersion(version())
                .withTrace(text("Correlation-Id", correlationId), text("Causation-Id", causationId))
                .withOverrides(overrides);
        return call.with(input).with(options);
    }

    private @Nullable Long version() {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        Matcher matcher = VERSION.matcher(ifMatch.strip());
        if (!matcher.matches()) {
            throw header("If-Match", "the ETag of an instance such as \"3\" is expected, or *");
        }
        return Long.valueOf(matcher.group(1));
    }

    private static @Nullable String text(String header, @Nullable String value) {
        if (value != null && (value.isEmpty() || value.length() > LONGEST)) {
            throw header(header, "1 to " + LONGEST + " characters are expected");
        }
        return value;
    }

    private static RequestException header(String name, String message) {
        return new RequestException(HttpFault.INVALID_PARAMETER, "Header '" + name + "': " + message);
    }

    private static List<OverrideRequest> overrides(@Nullable JsonNode stated) {
        List<OverrideRequest> overrides = new ArrayList<>();
        if (stated == null) {
            return overrides;
        }
        if (!stated.isArray()) {
            throw unfit("", "a list of overrides is expected");
        }
        for (JsonNode override : stated) {
            String at = "/" + overrides.size();
            overrides.add(
                    new OverrideRequest(required(override, "constraintCode", at), required(override, "reason", at)));
        }
        return overrides;
    }

    private static String required(JsonNode override, String member, String at) {
        JsonNode value = override.path(member);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw unfit(at + "/" + member, "a text is expected");
        }
        return value.textValue();
    }

    private static RequestException unfit(String pointer, String message) {
        String whole = "/" + OVERRIDES + pointer;
        return new RequestException(
                HttpFault.VALIDATION_FAILED,
                "The body does not fit: " + whole + ": " + message,
                List.of(new FieldError(whole, message)));
    }
}
