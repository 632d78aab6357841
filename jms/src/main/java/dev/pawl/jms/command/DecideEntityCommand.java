package dev.pawl.jms.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.jms.contract.KernelMessage;
import dev.pawl.jms.contract.Reply;
import dev.pawl.manifest.host.Entities;
import dev.pawl.manifest.runtime.CallOptions;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.OverrideRequest;
import dev.pawl.manifest.runtime.Refusal;
import dev.pawl.manifest.runtime.RefusalCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out an entity command as part of the message's transaction. The answer is the command result; a sender by message
 * is nobody the server has authenticated.
 */
@Dependent
public class DecideEntityCommand {

    private final Entities entities;

    @Inject
    public DecideEntityCommand(Entities entities) {
        this.entities = entities;
    }

    Decision decide(KernelMessage.OfEntity command, Incoming message) {
        CommandResult result = entities.execute(call(command, message));
        Refusal refusal = result.refusal();
        if (refusal == null || message.replyWanted()) {
            throwIfPassing(refusal);
            ObjectNode answer = result.toJson();
            answer.put("ok", result.success());
            return new Decision.Result(answer);
        }
        throwIfPassing(refusal);
        return new Decision.Bury(
                new Reply(false, null, new Reply.Fault(refusal.code().name(), refusal.message(), List.of())),
                refusal.code() + ": " + refusal.message());
    }

    /** Another transaction is at the key: the broker delivers the message again. */
    private static void throwIfPassing(@Nullable Refusal refusal) {
        if (refusal != null && refusal.code() == RefusalCode.IDEMPOTENCY_IN_PROGRESS) {
            throw new RefusedException(dev.pawl.engine.command.Refusal.of(
                    dev.pawl.engine.command.RefusalCode.IDEMPOTENCY_IN_PROGRESS, refusal.message()));
        }
    }

    private static CommandCall call(KernelMessage.OfEntity command, Incoming message) {
        List<OverrideRequest> overrides = command.overrides() == null
                ? List.of()
                : command.overrides().stream()
                        .map(override -> new OverrideRequest(override.constraintCode(), override.reason()))
                        .toList();
        CommandCall asked = command.entity() == null
                ? CommandCall.ofProgram(command.command())
                : CommandCall.of(command.entity(), command.command()).on(command.id());
        return asked.with(command.input() instanceof ObjectNode input ? input : JsonCodec.object())
                .by(Caller.anonymous())
                .with(CallOptions.NONE
                        .withIdempotencyKey(message.idempotencyKey().orElse(message.messageId()))
                        .withExpectedVersion(command.expectedVersion())
                        .withOverrides(overrides)
                        .withTrace(command.correlationId(), command.causationId()));
    }
}
