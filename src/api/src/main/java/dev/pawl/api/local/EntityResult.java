package dev.pawl.api.local;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an entity command did, or why it did nothing. A refusal is a result, as over REST and JMS: {@link #orThrow()} makes
 * an exception of it.
 *
 * @param body the whole command result as plain values: what REST answers
 */
public record EntityResult(boolean success, Map<String, Object> body) {

    public EntityResult {
        body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
    }

    /** Id of the instance the command ran on, or made. */
    public Optional<String> instanceId() {
        return Optional.ofNullable((String) body.get("instanceId"));
    }

    /** The instance after the command, with computed properties; empty when there is none. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> instance() {
        Object instance = body.get("instance");
        return instance == null ? Map.of() : (Map<String, Object>) instance;
    }

    /** The value of the command's last action. */
    public @Nullable Object result() {
        return body.get("result");
    }

    /** Why the command was refused, stable and in UPPER_SNAKE: {@code GUARD_FAILED} for instance. */
    public Optional<String> code() {
        return Optional.ofNullable((String) body.get("code"));
    }

    /** Why the command was refused, in words. */
    public Optional<String> message() {
        return Optional.ofNullable((String) body.get("error"));
    }

    /**
     * The same, unless the command was refused.
     *
     * @throws CommandRefusedException with the refusal's code
     */
    public EntityResult orThrow() {
        if (!success) {
            throw new CommandRefusedException(
                    code().orElse("REFUSED"), message().orElse("no reason given"), errors());
        }
        return this;
    }

    /** The constraints that failed and let the command through. */
    public List<ConstraintFinding> warnings() {
        return findings(finding -> finding.severity() == ConstraintFinding.Severity.WARN && !finding.passed());
    }

    /** The constraints that stopped the command. */
    public List<ConstraintFinding> blockers() {
        return findings(finding ->
                finding.severity() == ConstraintFinding.Severity.BLOCK && !finding.passed() && !finding.overridden());
    }

    /** The constraints that failed and were passed on request. */
    public List<ConstraintFinding> overrides() {
        return findings(ConstraintFinding::overridden);
    }

    private List<ConstraintFinding> findings(Predicate<ConstraintFinding> wanted) {
        return body.get("constraintOutcomes") instanceof List<?> outcomes
                ? outcomes.stream()
                        .map(outcome -> ConstraintFinding.of((Map<?, ?>) outcome))
                        .filter(wanted)
                        .toList()
                : List.of();
    }

    private List<FieldProblem> errors() {
        return body.get("errors") instanceof List<?> errors
                ? errors.stream()
                        .map(error -> (Map<?, ?>) error)
                        .map(error -> new FieldProblem(
                                String.valueOf(error.get("pointer")), String.valueOf(error.get("message"))))
                        .toList()
                : List.of();
    }
}
