package dev.pawl.manifest.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Webhook;
import dev.pawl.manifest.runtime.CommandResult;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The webhooks of the running programs, as a server's doors see them. */
public interface Webhooks {
    /** Those of this name or path; several when they take different methods. */
    List<Webhook> find(String nameOrPath);

    /** The secret a webhook's signature is made with; empty when the server has none. */
    Optional<String> secret(String contextPath);

    /** Runs the command of the webhook with what it has received. */
    CommandResult receive(Webhook webhook, ObjectNode payload, @Nullable String idempotencyKey);
}
