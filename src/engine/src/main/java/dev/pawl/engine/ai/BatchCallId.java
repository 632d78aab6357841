package dev.pawl.engine.ai;

import dev.pawl.api.ai.AiModel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names a prompt of a batch the same whoever reads the batch and however often. */
final class BatchCallId {

    private static final int BYTES = 20;

    private BatchCallId() {}

    static String of(AiModel model, String batch, String item) {
        String whole = String.join("\n", model.name(), batch, item);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return "batch-" + HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
