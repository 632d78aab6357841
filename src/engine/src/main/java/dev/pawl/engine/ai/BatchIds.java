package dev.pawl.engine.ai;

import dev.pawl.api.ai.AiModel;
import dev.pawl.engine.ai.AiProvider.Item;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Names that are the same whoever makes them, and however often. */
final class BatchIds {

    private static final int BYTES = 20;

    private BatchIds() {}

    /** Of one prompt of a batch, in the log of calls. */
    static String call(AiModel model, String batch, String item) {
        return "batch-" + hash(List.of(model.name(), batch, item));
    }

    /** Of what a step submits; a rerun wants another batch, an attempt that follows another one does not. */
    static String key(AiCaller caller, String topic, List<Item> items) {
        String prompts = hash(items.stream()
                .map(item -> item.id() + Conversation.written(item.chat().messages()))
                .toList());
        return hash(
                List.of(caller.run().value(), caller.stepId(), String.valueOf(caller.priorAttempts()), topic, prompts));
    }

    private static String hash(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.forEach(part -> digest.update((part.length() + ":" + part).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
