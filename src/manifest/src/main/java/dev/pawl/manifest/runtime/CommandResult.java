package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.runtime.port.EntityEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command did, or, with a refusal, why it did nothing. {@code result} is the value of the last action (the new
 * instance for a constructing command), a missing node when there is none. With a {@code job}, the command has been accepted and
 * runs later as this job.
 */
public record CommandResult(
        JsonNode result,
        @Nullable EntityView instance,
        @Nullable Refusal refusal,
        List<ConstraintOutcome> constraintOutcomes,
        List<EntityEvent> emittedEvents,
        List<ReactionOutcome> reactions,
        String correlationId,
        String causationId,
        @Nullable String job) {
    public CommandResult {
        constraintOutcomes = List.copyOf(constraintOutcomes);
        emittedEvents = List.copyOf(emittedEvents);
        reactions = List.copyOf(reactions);
    }

    static CommandResult refused(
            Refusal refusal, List<ConstraintOutcome> outcomes, String correlationId, String causationId) {
        return new CommandResult(
                MissingNode.getInstance(),
                null,
                refusal,
                outcomes,
                List.of(),
                List.of(),
                correlationId,
                causationId,
                null);
    }

    public boolean success() {
        return refusal == null;
    }

    public Optional<String> error() {
        return refusal == null ? Optional.empty() : Optional.of(refusal.message());
    }

    /** The constraints that failed and let the command through. */
    public List<ConstraintOutcome> warnings() {
        return constraintOutcomes.stream().filter(ConstraintOutcome::isWarning).toList();
    }

    /** The constraints that stopped the command. */
    public List<ConstraintOutcome> blockers() {
        return constraintOutcomes.stream().filter(ConstraintOutcome::isBlocker).toList();
    }

    /** The constraints that failed and were passed on request. */
    public List<ConstraintOutcome> overrides() {
        return constraintOutcomes.stream().filter(ConstraintOutcome::overridden).toList();
    }

    public ObjectNode toJson() {
        return CommandResultJson.write(this);
    }

    /** Reads what {@link #toJson()} wrote. */
    public static CommandResult fromJson(JsonNode json) {
        return CommandResultJson.read(json);
    }
}
