package dev.pawl.web;

import dev.pawl.engine.command.Command;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** Sends a command as the requester, under the request's idempotency key if it has one. */
@Dependent
public class SendCommand {

    private final CommandBus bus;

    @Inject
    public SendCommand(CommandBus bus) {
        this.bus = bus;
    }

    /** @throws dev.pawl.engine.command.RefusedException when the command is refused */
    public <R> R send(Command<R> command, SecurityContext security, @Nullable String key) {
        return bus.execute(envelope(command, security, key)).orThrow();
    }

    public static <R> Envelope<R> envelope(Command<R> command, SecurityContext security, @Nullable String key) {
        Envelope<R> envelope = Envelope.of(command, Requester.of(security));
        return key == null ? envelope : envelope.withIdempotencyKey(key);
    }
}
