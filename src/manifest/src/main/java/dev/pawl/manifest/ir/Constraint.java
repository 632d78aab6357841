package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule on an instance or a command. Violated when its expression is falsy, or, with {@code failWhen}, when it is truthy.
 * {@code code} is the stable name used by overrides and audit. */
public record Constraint(
        String name,
        String code,
        Expression expression,
        Severity severity,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean failWhen,
        @Nullable String message,
        @Nullable String messageTemplate,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Expression> detailsMapping,
        boolean overrideable,
        @Nullable String overridePolicyRef) {
    public Constraint {
        detailsMapping =
                detailsMapping == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(detailsMapping));
        severity = severity == null ? Severity.BLOCK : severity;
    }
}
