package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.Action;
import dev.pawl.manifest.ir.Approval;
import dev.pawl.manifest.ir.ComputedProperty;
import dev.pawl.manifest.ir.EmitPayload;
import dev.pawl.manifest.ir.EnumType;
import dev.pawl.manifest.ir.Event;
import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.NamedExpression;
import dev.pawl.manifest.ir.Parameter;
import dev.pawl.manifest.ir.RateLimit;
import dev.pawl.manifest.ir.ReferentialAction;
import dev.pawl.manifest.ir.Relationship;
import dev.pawl.manifest.ir.Retry;
import dev.pawl.manifest.ir.Role;
import dev.pawl.manifest.ir.Saga;
import dev.pawl.manifest.ir.Schedule;
import dev.pawl.manifest.ir.Severity;
import dev.pawl.manifest.ir.Tenant;
import dev.pawl.manifest.ir.Transition;
import dev.pawl.manifest.ir.Type;
import dev.pawl.manifest.ir.Value;
import dev.pawl.manifest.ir.Webhook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The syntax tree: what was written, with places, before inheritance and names are resolved. Leaves that need no
 * resolving are IR values already.
 */
public final class Ast {
    private Ast() {}

    /** The declarations of a program or of one module, each kind in the order of the source. */
    public static final class Scope {
        public final @Nullable String module;
        public final List<Entity> entities = new ArrayList<>();
        public final List<ValueObject> values = new ArrayList<>();
        public final List<Located<EnumType>> enums = new ArrayList<>();
        public final List<Command> commands = new ArrayList<>();
        public final List<Store> stores = new ArrayList<>();
        public final List<Located<Event>> events = new ArrayList<>();
        public final List<Policy> policies = new ArrayList<>();
        public final List<Reaction> reactions = new ArrayList<>();
        public final List<Located<Saga>> sagas = new ArrayList<>();
        public final List<Located<Role>> roles = new ArrayList<>();
        public final List<Located<Webhook>> webhooks = new ArrayList<>();
        public final List<Located<Schedule>> schedules = new ArrayList<>();
        public final List<Unlowered> unlowered = new ArrayList<>();
        public final List<Scope> modules = new ArrayList<>();
        public @Nullable Tenant tenant;

        public Scope(@Nullable String module) {
            this.module = module;
        }
    }

    /** A value with the place it was declared at. */
    public record Located<T>(T value, Position at) {}

    /** An entity as written; {@code typeParameters} make it a template, {@code instance} fills one. */
    public static final class Entity {
        public final String name;
        public final Position at;
        public final List<String> typeParameters = new ArrayList<>();
        public final List<String> mixins = new ArrayList<>();
        public final List<Property> properties = new ArrayList<>();
        public final List<Computed> computed = new ArrayList<>();
        public final List<Related> relationships = new ArrayList<>();
        public final List<Command> commands = new ArrayList<>();
        public final List<Constraint> constraints = new ArrayList<>();
        public final List<Policy> policies = new ArrayList<>();
        public final List<Store> stores = new ArrayList<>();
        public final List<Located<Transition>> transitions = new ArrayList<>();
        public final List<Located<Approval>> approvals = new ArrayList<>();
        public final List<Reaction> reactions = new ArrayList<>();
        public final List<Located<String>> behaviors = new ArrayList<>();
        public final List<List<String>> alternateKeys = new ArrayList<>();
        public List<String> key = List.of();
        public @Nullable Instance instance;
        public @Nullable String parent;
        public @Nullable String versionProperty;
        public @Nullable String versionAtProperty;
        public boolean timestamps;
        public boolean realtime;
        public boolean external;

        public Entity(String name, Position at) {
            this.name = name;
            this.at = at;
        }

        public boolean isTemplate() {
            return !typeParameters.isEmpty();
        }
    }

    /** {@code Template<Argument, ...>}. */
    public record Instance(String template, List<Type> arguments) {}

    /** A property with its default still unread: a constant, a call of {@code now()}, or a mistake. */
    public record Property(dev.pawl.manifest.ir.Property value, Position at) {}

    /** A computed property; without a type, the type is inferred. */
    public record Computed(
            String name,
            @Nullable Type type,
            ExpressionNode expression,
            ComputedProperty.@Nullable Cache cache,
            Position at) {}

    /** A relationship, which may still wrongly have both a foreign key and a join entity. */
    public record Related(
            String name,
            Relationship.Kind kind,
            String target,
            Relationship.@Nullable ForeignKey foreignKey,
            @Nullable String through,
            @Nullable ReferentialAction onDelete,
            @Nullable ReferentialAction onUpdate,
            Position at) {}

    /** A constraint; {@code failWhen} is null where the source says nothing about polarity. */
    public static final class Constraint {
        public final String name;
        public final Position at;
        public String code;
        public Severity severity = Severity.BLOCK;
        public @Nullable ExpressionNode expression;
        public @Nullable Boolean failWhen;
        public @Nullable String message;
        public @Nullable String messageTemplate;
        public final Map<String, Expression> details = new LinkedHashMap<>();
        public boolean overrideable;
        public @Nullable String overridePolicy;

        public Constraint(String name, Position at) {
            this.name = name;
            this.at = at;
            this.code = name;
        }
    }

    /** A command as written. */
    public static final class Command {
        public final String name;
        public final Position at;
        public final List<Located<Parameter>> parameters = new ArrayList<>();
        public final List<Located<Expression>> guards = new ArrayList<>();
        public final List<Constraint> constraints = new ArrayList<>();
        public final List<Located<String>> policies = new ArrayList<>();
        public final List<Located<Action>> actions = new ArrayList<>();
        public final List<String> emits = new ArrayList<>();
        public final List<EmitPayload> emitPayloads = new ArrayList<>();
        public @Nullable Retry retry;
        public @Nullable RateLimit rateLimit;
        public @Nullable Type returns;
        public boolean async;

        public Command(String name, Position at) {
            this.name = name;
            this.at = at;
        }
    }

    /** A policy; a default policy of an entity counts for all its commands. */
    public record Policy(
            String name,
            dev.pawl.manifest.ir.Policy.Scope scope,
            ExpressionNode expression,
            @Nullable RateLimit rateLimit,
            @Nullable String message,
            boolean isDefault,
            Position at) {}

    /** A store; inside an entity the entity may go unnamed. */
    public record Store(@Nullable String entity, String target, Map<String, Value> config, Position at) {}

    public record ValueObject(String name, List<Property> properties, Position at) {}

    /** A reaction; without a target entity it is the one matched, or the one it stands in. */
    public record Reaction(
            String event,
            @Nullable String targetEntity,
            String targetCommand,
            List<dev.pawl.manifest.ir.Reaction.Match> match,
            boolean elseCreate,
            @Nullable ExpressionNode resolve,
            @Nullable FanOut fanOut,
            List<NamedExpression> params,
            Position at) {}

    public record FanOut(String entity, String field, ExpressionNode source) {}

    /** A construct that is understood and has no meaning yet; the compiler says so. */
    public record Unlowered(Kind kind, String name, Position at) {
        /** The kinds, in the order they are reported. */
        public enum Kind {
            FLOW("Flow"),
            EFFECT("Effect"),
            EXPOSE("Expose of entity"),
            COMPOSE("Composition");

            private final String text;

            Kind(String text) {
                this.text = text;
            }

            public String text() {
                return text;
            }
        }
    }
}
