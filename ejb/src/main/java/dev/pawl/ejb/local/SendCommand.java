package dev.pawl.ejb.local;

import dev.pawl.api.InvalidMemberException;
import dev.pawl.api.local.CommandRefusedException;
import dev.pawl.api.local.FieldProblem;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.Command;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.WhoCalls;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.UnfitJsonException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends a command on behalf of the caller. A refusal becomes an exception only here, outside every bean of the engine, so
 * that no container takes it for a failure and marks the caller's transaction.
 */
final class SendCommand {

    private final CommandBus bus;
    private final WhoCalls who;
    private final Optional<String> key;

    SendCommand(CommandBus bus, WhoCalls who) {
        this(bus, who, Optional.empty());
    }

    private SendCommand(CommandBus bus, WhoCalls who, Optional<String> key) {
        this.bus = bus;
        this.who = who;
        this.key = key;
    }

    SendCommand withIdempotencyKey(String given) {
        return new SendCommand(bus, who, Optional.of(given));
    }

    String tenant() {
        return who.caller().tenant();
    }

    Caller caller() {
        return who.caller();
    }

    /** @param command made within, because making it can refuse what it is made of */
    <R> R send(Supplier<Command<R>> command) {
        return refusing(() -> bus.execute(envelope(command.get())).orThrow());
    }

    /** The command with the caller's name and key. */
    <R> Envelope<R> envelope(Command<R> command) {
        Envelope<R> envelope = Envelope.of(command, who.caller());
        return key.map(envelope::withIdempotencyKey).orElse(envelope);
    }

    /** Does anything that the engine may refuse. */
    static <T> T refusing(Supplier<T> call) {
        try {
            return call.get();
        } catch (RefusedException e) {
            throw refused(e.refusal());
        } catch (InvalidMemberException e) {
            String message = "What was handed over does not fit: " + e.getMessage();
            throw refused(new Refusal(
                    RefusalCode.VALIDATION_FAILED, message, List.of(new FieldError("/" + e.member(), message))));
        } catch (UnfitJsonException e) {
            throw refused(new Refusal(
                    RefusalCode.VALIDATION_FAILED, "What was handed over does not fit: " + e.getMessage(), e.errors()));
        }
    }

    private static CommandRefusedException refused(Refusal refusal) {
        return new CommandRefusedException(
                refusal.code().name(),
                refusal.message(),
                refusal.errors().stream().map(SendCommand::problem).toList());
    }

    private static FieldProblem problem(FieldError error) {
        return new FieldProblem(error.pointer(), error.message());
    }
}
