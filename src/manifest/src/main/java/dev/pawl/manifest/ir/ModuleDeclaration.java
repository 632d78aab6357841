package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** A module and the names of what is declared in it. */
public record ModuleDeclaration(
        String name,
        List<String> entities,
        List<String> enums,
        List<String> commands,
        List<String> stores,
        List<String> events,
        List<String> policies,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> reactions,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> sagas,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> roles,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> webhooks,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> schedules) {
    public ModuleDeclaration {
        entities = entities == null ? List.of() : List.copyOf(entities);
        enums = enums == null ? List.of() : List.copyOf(enums);
        commands = commands == null ? List.of() : List.copyOf(commands);
        stores = stores == null ? List.of() : List.copyOf(stores);
        events = events == null ? List.of() : List.copyOf(events);
        policies = policies == null ? List.of() : List.copyOf(policies);
        reactions = reactions == null ? List.of() : List.copyOf(reactions);
        sagas = sagas == null ? List.of() : List.copyOf(sagas);
        roles = roles == null ? List.of() : List.copyOf(roles);
        webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
        schedules = schedules == null ? List.of() : List.copyOf(schedules);
    }
}
