package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Schedule;
import dev.pawl.manifest.ir.Webhook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A compiled program: everything of its IR that runs. */
final class ProgramModel {
    private final Ir ir;
    private final Map<String, EntityModel> entities = new LinkedHashMap<>();
    private final Map<String, CommandModel> commands = new LinkedHashMap<>();
    private final Permissions permissions;
    private final List<ReactionModel> reactions;
    private final Map<String, TriggerModel> schedules = new LinkedHashMap<>();
    private final Map<String, TriggerModel> webhooks = new LinkedHashMap<>();

    ProgramModel(Ir ir) {
        this.ir = ir;
        this.permissions = new Permissions(ir.roles());
        ir.entities().forEach(entity -> entities.put(entity.name(), new EntityModel(entity, this)));
        entities.values().forEach(EntityModel::compile);
        for (Command command : ir.commands()) {
            if (command.entity() == null) {
                commands.put(command.name(), new CommandModel(command, null, this));
            }
        }
        ir.schedules().forEach(schedule -> schedules.put(schedule.name(), new TriggerModel(schedule.params())));
        ir.webhooks().forEach(webhook -> webhooks.put(webhook.name(), new TriggerModel(webhook.transform())));
        this.reactions = ir.reactions().stream().map(ReactionModel::new).toList();
    }

    Ir ir() {
        return ir;
    }

    Map<String, EntityModel> entities() {
        return entities;
    }

    /** The commands that belong to no entity. */
    Map<String, CommandModel> commands() {
        return commands;
    }

    Permissions permissions() {
        return permissions;
    }

    List<ReactionModel> reactions() {
        return reactions;
    }

    TriggerModel schedule(Schedule declared) {
        return Objects.requireNonNull(schedules.get(declared.name()), declared.name());
    }

    TriggerModel webhook(Webhook declared) {
        return Objects.requireNonNull(webhooks.get(declared.name()), declared.name());
    }
}
