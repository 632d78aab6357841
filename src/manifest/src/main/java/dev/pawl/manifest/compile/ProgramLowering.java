package dev.pawl.manifest.compile;

import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.ModuleDeclaration;
import dev.pawl.manifest.ir.Policy;
import dev.pawl.manifest.ir.Property;
import dev.pawl.manifest.ir.Provenance;
import dev.pawl.manifest.ir.Reaction;
import dev.pawl.manifest.ir.Saga;
import dev.pawl.manifest.ir.Schedule;
import dev.pawl.manifest.ir.Store;
import dev.pawl.manifest.ir.Tenant;
import dev.pawl.manifest.ir.ValueObject;
import dev.pawl.manifest.ir.Webhook;
import dev.pawl.manifest.syntax.Ast;
import dev.pawl.manifest.syntax.DiagnosticLog;
import dev.pawl.manifest.syntax.Grammar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lowers a syntax tree to an IR. The order within each kind is that of the published compiler: the program's own
 * declarations, then those of its entities, then those of its modules.
 */
final class ProgramLowering {
    private final Ast.Scope program;
    private final List<Ast.Scope> scopes = new ArrayList<>();
    private final Findings findings;
    private final Inheritance inheritance;
    private final EntityLowering entityLowering;

    ProgramLowering(Ast.Scope program, Grammar grammar, DiagnosticLog log) {
        this.program = program;
        this.findings = new Findings(log, grammar);
        collect(program);
        this.inheritance = new Inheritance(scopes, findings);
        this.entityLowering = new EntityLowering(findings);
    }

    private void collect(Ast.Scope scope) {
        scopes.add(scope);
        scope.modules.forEach(this::collect);
    }

    Ir lower(Provenance provenance) {
        warnOfUnlowered();
        new CheckDuplicates(scopes, findings).run();
        @Nullable Tenant tenant = tenant();
        List<ResolvedEntity> resolved = inheritance.resolveAll();
        List<Entity> entities = new ArrayList<>();
        for (ResolvedEntity entity : resolved) {
            entities.add(entityLowering.entity(entity));
        }
        Map<String, ResolvedEntity> byName = resolved.stream()
                .collect(Collectors.toMap(entity -> entity.name, Function.identity(), (first, second) -> first));
        Ir ir = new Ir(
                Ir.VERSION,
                provenance,
                tenant,
                modules(resolved),
                all(scope -> scope.values.stream().map(ProgramLowering::valueObject)),
                entities,
                all(scope -> scope.enums.stream().map(Ast.Located::value)),
                stores(byName),
                all(scope -> scope.events.stream().map(Ast.Located::value)),
                commands(resolved, tenant),
                policies(resolved),
                reactions(),
                all(scope -> scope.sagas.stream().map(Ast.Located<Saga>::value)),
                new RoleResolution(all(scope -> scope.roles.stream()), findings).resolve(),
                all(scope -> scope.webhooks.stream().map(Ast.Located<Webhook>::value)),
                all(scope -> scope.schedules.stream().map(Ast.Located<Schedule>::value)));
        if (findings.extended()) {
            new CheckNames(scopes, byName, ir, findings).run();
        }
        new CheckManualKeys(ir, findings).run();
        if (!findings.extended() || !findings.hasErrors()) {
            new CheckUnused(ir, resolved, findings).run();
        }
        return ir;
    }

    private void warnOfUnlowered() {
        all(scope -> scope.unlowered.stream()).stream()
                .sorted(Comparator.comparing(Ast.Unlowered::kind))
                .forEach(construct -> findings.warning(
                        construct.kind().text() + " '" + construct.name()
                                + "' is parsed but not yet lowered to IR; it has no effect at runtime.",
                        construct.at()));
    }

    private @Nullable Tenant tenant() {
        return scopes.stream()
                .map(scope -> scope.tenant)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private <T> List<T> all(Function<Ast.Scope, Stream<T>> part) {
        return scopes.stream().flatMap(part).toList();
    }

    private static ValueObject valueObject(Ast.ValueObject value) {
        List<Property> properties =
                value.properties().stream().map(Ast.Property::value).toList();
        return new ValueObject(value.name(), properties);
    }

    private List<Store> stores(Map<String, ResolvedEntity> resolved) {
        List<Store> stores = new ArrayList<>();
        for (Ast.Scope scope : scopes) {
            for (Ast.Store store : scope.stores) {
                stores.add(new Store(String.valueOf(store.entity()), store.target(), store.config()));
            }
            for (Ast.Entity entity : scope.entities) {
                if (!entity.isTemplate() && resolved.containsKey(entity.name)) {
                    for (Ast.Store store : resolved.get(entity.name).stores) {
                        String owner = store.entity() == null ? entity.name : store.entity();
                        stores.add(new Store(owner, store.target(), store.config()));
                    }
                }
            }
        }
        return stores;
    }

    private List<Command> commands(List<ResolvedEntity> resolved, @Nullable Tenant tenant) {
        List<Command> commands = new ArrayList<>();
        for (Ast.Scope scope : scopes) {
            for (Ast.Command command : scope.commands) {
                commands.add(entityLowering.command(command, scope.module, null, null));
            }
            for (ResolvedEntity entity : resolved) {
                if (Objects.equals(entity.module, scope.module)) {
                    for (Ast.Command command : entity.ownCommands) {
                        commands.add(entityLowering.command(command, scope.module, entity, tenant));
                    }
                }
            }
        }
        return commands;
    }

    private List<Policy> policies(List<ResolvedEntity> resolved) {
        List<Policy> policies = new ArrayList<>();
        for (Ast.Scope scope : scopes) {
            for (Ast.Policy policy : scope.policies) {
                policies.add(EntityLowering.policy(policy, scope.module, null));
            }
            for (ResolvedEntity entity : resolved) {
                if (Objects.equals(entity.module, scope.module)) {
                    for (Ast.Policy policy : entity.policies.values()) {
                        policies.add(EntityLowering.policy(policy, scope.module, entity.name));
                    }
                }
            }
        }
        return policies;
    }

    private List<Reaction> reactions() {
        List<Reaction> reactions = new ArrayList<>();
        for (Ast.Scope scope : scopes) {
            for (Ast.Reaction reaction : scope.reactions) {
                lowerReaction(reaction, scope.module, null, reactions);
            }
            for (Ast.Entity entity : scope.entities) {
                for (Ast.Reaction reaction : entity.reactions) {
                    lowerReaction(reaction, scope.module, entity.name, reactions);
                }
            }
        }
        return reactions;
    }

    private void lowerReaction(
            Ast.Reaction reaction, @Nullable String module, @Nullable String entity, List<Reaction> reactions) {
        Ast.@Nullable FanOut fanOut = reaction.fanOut();
        @Nullable
        String target =
                reaction.targetEntity() != null ? reaction.targetEntity() : fanOut != null ? fanOut.entity() : entity;
        if (target == null) {
            findings.error(
                    "Reaction on '" + reaction.event() + "' must name the entity of the command it runs: run Entity."
                            + reaction.targetCommand(),
                    reaction.at());
            return;
        }
        Reaction.@Nullable FanOut lowered = fanOut == null
                ? null
                : new Reaction.FanOut(
                        fanOut.field(),
                        fanOut.source().value(),
                        fanOut.entity().equals(target) ? null : fanOut.entity());
        reactions.add(new Reaction(
                reaction.event(),
                target,
                reaction.targetCommand(),
                reaction.match(),
                reaction.elseCreate(),
                reaction.resolve() == null ? null : reaction.resolve().value(),
                lowered,
                reaction.params(),
                module,
                entity));
    }

    private List<ModuleDeclaration> modules(List<ResolvedEntity> resolved) {
        List<ModuleDeclaration> modules = new ArrayList<>();
        for (Ast.Scope scope : scopes) {
            if (scope.module == null) {
                continue;
            }
            List<ResolvedEntity> entities = resolved.stream()
                    .filter(entity -> scope.module.equals(entity.module))
                    .toList();
            modules.add(new ModuleDeclaration(
                    scope.module,
                    entities.stream().map(entity -> entity.name).toList(),
                    scope.enums.stream().map(located -> located.value().name()).toList(),
                    Stream.concat(scope.commands.stream(), entities.stream().flatMap(e -> e.ownCommands.stream()))
                            .map(command -> command.name)
                            .toList(),
                    Stream.concat(
                                    scope.stores.stream().map(store -> String.valueOf(store.entity())),
                                    entities.stream()
                                            .filter(entity -> !entity.stores.isEmpty())
                                            .map(entity -> entity.name))
                            .toList(),
                    scope.events.stream().map(located -> located.value().name()).toList(),
                    Stream.concat(
                                    scope.policies.stream().map(Ast.Policy::name),
                                    entities.stream().flatMap(entity -> entity.policies.keySet().stream()))
                            .toList(),
                    scope.reactions.stream().map(Ast.Reaction::event).toList(),
                    scope.sagas.stream().map(located -> located.value().name()).toList(),
                    scope.roles.stream().map(located -> located.value().name()).toList(),
                    scope.webhooks.stream()
                            .map(located -> located.value().name())
                            .toList(),
                    scope.schedules.stream()
                            .map(located -> located.value().name())
                            .toList()));
        }
        return modules;
    }
}
