package dev.pawl.jms.command;

import dev.pawl.engine.work.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers why messages failed, so that a message which always does is laid aside with its reason: the transaction that
 * failed cannot keep it. What was tried on another server is not known here.
 */
@ApplicationScoped
public class FailedTries {

    private static final int MOST = 1_000;

    private final Map<String, String> reasons = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    synchronized void failed(String messageId, Throwable thrown) {
        reasons.put(messageId, Reason.of(thrown));
    }

    /** Why the message was laid aside after this many tries; nothing is remembered of it from now on. */
    synchronized String giveUp(String messageId, int tries) {
        String last = reasons.remove(messageId);
        return "tried " + tries + " times, at last: "
                + (last == null ? "on another server, or failed at its commit; the log knows more" : last);
    }

    synchronized void succeeded(String messageId) {
        reasons.remove(messageId);
    }
}
