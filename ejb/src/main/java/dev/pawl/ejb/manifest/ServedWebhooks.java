package dev.pawl.ejb.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.manifest.host.Entities;
import dev.pawl.manifest.host.LivePrograms;
import dev.pawl.manifest.host.Webhooks;
import dev.pawl.manifest.ir.Webhook;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.CommandResult;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The webhooks of this server's programs. Secrets are settings, so that no program and no archive holds one. */
final class ServedWebhooks implements Webhooks {

    private static final String CONTEXT = "context.";
    private static final String SECRET = "pawl.manifest.secret.";

    private final DeployedPrograms programs;
    private final Entities entities;
    private final Config config;

    ServedWebhooks(DeployedPrograms programs, Entities entities, Config config) {
        this.programs = programs;
        this.entities = entities;
        this.config = config;
    }

    @Override
    public List<Webhook> find(String nameOrPath) {
        List<Webhook> known = known(nameOrPath);
        return known.isEmpty() && programs.look() ? known(nameOrPath) : known;
    }

    private List<Webhook> known(String nameOrPath) {
        return programs.live().programs().stream()
                .flatMap(program -> program.ir().webhooks().stream())
                .filter(webhook ->
                        webhook.name().equals(nameOrPath) || webhook.path().equals("/" + nameOrPath))
                .toList();
    }

    @Override
    public Optional<String> secret(String contextPath) {
        String name = contextPath.startsWith(CONTEXT) ? contextPath.substring(CONTEXT.length()) : contextPath;
        return config.getOptionalValue(SECRET + name, String.class).filter(secret -> !secret.isEmpty());
    }

    @Override
    public CommandResult receive(Webhook webhook, ObjectNode payload, @Nullable String idempotencyKey) {
        Caller caller = Caller.anonymous()
                .with("source", TextNode.valueOf("webhook"))
                .with("webhook", TextNode.valueOf(webhook.name()));
        LivePrograms.Live program = programs.live().programs().stream()
                .filter(live -> live.ir().webhooks().contains(webhook))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the program of the webhook '" + webhook.name()
                        + "' was replaced while a request to it was under way"));
        CommandCall call = programs.live().runtime().triggers().received(program.ir(), webhook, payload, caller);
        return entities.execute(call.with(call.options().withIdempotencyKey(idempotencyKey)));
    }
}
