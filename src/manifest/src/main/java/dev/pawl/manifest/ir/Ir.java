package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled Manifest program. Compiling the same source twice gives equal values apart from {@link Provenance#compiledAt()};
 * a host keeps the value and evaluates it, it never goes back to the source. */
public record Ir(
        String version,
        Provenance provenance,
        @Nullable Tenant tenant,
        List<ModuleDeclaration> modules,
        List<ValueObject> values,
        List<Entity> entities,
        List<EnumType> enums,
        List<Store> stores,
        List<Event> events,
        List<Command> commands,
        List<Policy> policies,
        List<Reaction> reactions,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Saga> sagas,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Role> roles,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Webhook> webhooks,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Schedule> schedules) {
    public Ir {
        modules = modules == null ? List.of() : List.copyOf(modules);
        values = values == null ? List.of() : List.copyOf(values);
        entities = entities == null ? List.of() : List.copyOf(entities);
        enums = enums == null ? List.of() : List.copyOf(enums);
        stores = stores == null ? List.of() : List.copyOf(stores);
        events = events == null ? List.of() : List.copyOf(events);
        commands = commands == null ? List.of() : List.copyOf(commands);
        policies = policies == null ? List.of() : List.copyOf(policies);
        reactions = reactions == null ? List.of() : List.copyOf(reactions);
        sagas = sagas == null ? List.of() : List.copyOf(sagas);
        roles = roles == null ? List.of() : List.copyOf(roles);
        webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
        schedules = schedules == null ? List.of() : List.copyOf(schedules);
    }

    /** The only version of the form this package knows. */
    public static final String VERSION = "1.0";

    public Optional<Entity> entity(String name) {
        return entities.stream().filter(entity -> entity.name().equals(name)).findFirst();
    }

    /**
     * The command {@code name} of the entity, the one the entity inherited included; with a null entity the
     * program-level command of that name.
     */
    public Optional<Command> command(@Nullable String entityName, String name) {
        Set<String> visited = new HashSet<>();
        Deque<@Nullable String> owners = new ArrayDeque<>();
        String owner = entityName;
        do {
            for (Command command : commands) {
                if (command.name().equals(name) && Objects.equals(command.entity(), owner)) {
                    return Optional.of(command);
                }
            }
            if (owner != null && visited.add(owner)) {
                entity(owner).ifPresent(entity -> {
                    if (entity.parent() != null) {
                        owners.add(entity.parent());
                    }
                    owners.addAll(entity.mixins());
                });
            }
            owner = owners.poll();
        } while (owner != null);
        return Optional.empty();
    }

    public Optional<Event> event(String name) {
        return events.stream().filter(event -> event.name().equals(name)).findFirst();
    }

    public Optional<Policy> policy(String name) {
        return policies.stream().filter(policy -> policy.name().equals(name)).findFirst();
    }

    public Ir withProvenance(Provenance changed) {
        return new Ir(
                version, changed, tenant, modules, values, entities, enums, stores, events, commands, policies,
                reactions, sagas, roles, webhooks, schedules);
    }
}
