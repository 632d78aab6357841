package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.SignalRun;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.Run;

/** A signal is an event for one run. */
final class SignalRunHandler implements Handler<SignalRun, SignalRun.Signalled> {

    private static final int LONGEST = 200;

    @Override
    public SignalRun.Signalled handle(SignalRun command, UnitOfWork work) {
        Run run = work.runOfCaller(command.runId());
        String name = command.name();
        if (name.isBlank() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedException(Refusal.of(
                    RefusalCode.VALIDATION_FAILED,
                    "A signal's name has 1 to " + LONGEST + " characters, none of them a control character"));
        }
        if (run.status().isFinished()) {
            throw new RefusedException(Refusal.of(
                    RefusalCode.RUN_FINISHED,
                    "Run " + run.id() + " is " + run.status() + " and takes no signals any more"));
        }
        JsonNode data = command.data() == null ? NullNode.getInstance() : command.data();
        String key = work.ports().ids().next();
        Payload kept = work.ports().payloads().keep("events/" + key, JsonCodec.write(data));
        work.publish(new PublishedEvent(
                run.header().tenant(), key, command.event(), run.id().value(), kept, work.now()));
        return new SignalRun.Signalled(run.id(), name);
    }
}
