package dev.pawl.jms.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.command.TakeStep;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code job.execute}.
 *
 * @param output the stored output of a completed step
 */
public record JobResult(TakeStep.Answer answer, @Nullable JsonNode output) {}
