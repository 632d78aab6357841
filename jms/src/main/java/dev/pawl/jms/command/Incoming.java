package dev.pawl.jms.command;

import java.util.Optional;

/**
 * A message as it came.
 *
 * @param text its body
 * @param messageId the broker's name for it
 * @param idempotencyKey the sender's own key
 * @param replyWanted whether somebody waits for the answer
 */
record Incoming(String text, String messageId, Optional<String> idempotencyKey, boolean replyWanted) {}
