package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.IdempotencyStore;
import dev.pawl.engine.port.IdempotencyStore.Kept;
import dev.pawl.engine.port.IdempotencyStore.Key;
import dev.pawl.engine.port.IdempotencyStore.KeyInProgressException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/** Executes a command once per key and answers every repetition with the outcome of the first, refusals included. */
final class IdempotentExecution {

    private final IdempotencyStore keys;
    private final Clock clock;

    IdempotentExecution(IdempotencyStore keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    <R> Outcome<R> execute(Envelope<R> envelope, Supplier<Outcome<R>> command) {
        Key key = new Key(
                envelope.caller().tenant(),
                envelope.command().type(),
                envelope.idempotencyKey().orElseThrow());
        String hash =
                hash(JsonCodec.ordered(JsonCodec.toTree(envelope.command())).toString());
        Optional<Kept> kept;
        try {
            kept = keys.reserve(key, hash, clock.now());
        } catch (KeyInProgressException e) {
            return new Outcome.Refused<>(Refusal.of(RefusalCode.IDEMPOTENCY_IN_PROGRESS, e.getMessage()));
        }
        if (kept.isPresent()) {
            return replay(envelope, key, hash, kept.get());
        }
        Outcome<R> outcome = command.get();
        keys.keep(key, write(outcome));
        return outcome;
    }

    private static <R> Outcome<R> replay(Envelope<R> envelope, Key key, String hash, Kept kept) {
        if (!kept.inputHash().equals(hash)) {
            return new Outcome.Refused<>(Refusal.of(
                    RefusalCode.IDEMPOTENCY_KEY_REUSED,
                    "The key '" + key.key() + "' was used for another " + key.commandType()
                            + " command; use a new key for a new request"));
        }
        JsonNode outcome = JsonCodec.parse(kept.outcome());
        if (outcome.has("refused")) {
            return new Outcome.Refused<>(JsonCodec.read(outcome.get("refused").toString(), Refusal.class));
        }
        return new Outcome.Done<>(JsonCodec.read(
                outcome.get("done").toString(), envelope.command().resultType()));
    }

    private static String write(Outcome<?> outcome) {
        ObjectNode json = JsonCodec.object();
        if (outcome instanceof Outcome.Refused<?> refused) {
            json.set("refused", JsonCodec.toTree(refused.refusal()));
        } else if (outcome instanceof Outcome.Done<?> done) {
            json.set("done", JsonCodec.toTree(done.value()));
        }
        return json.toString();
    }

    private static String hash(String input) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(input.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
