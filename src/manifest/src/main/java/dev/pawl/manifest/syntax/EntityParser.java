package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.Transition;
import dev.pawl.manifest.ir.Type;
import dev.pawl.manifest.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads entities and what is in them. */
final class EntityParser {
    private static final Set<String> MEMBERS = Set.of(
            "property",
            "computed",
            "derived",
            "hasMany",
            "hasOne",
            "belongsTo",
            "ref",
            "command",
            "async",
            "constraint",
            "policy",
            "default",
            "store",
            "transition",
            "approval",
            "behavior",
            "on",
            "key",
            "unique",
            "alternateKey",
            "versionProperty",
            "versionAtProperty",
            "timestamps",
            "realtime");

    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final TypeParser types;
    private final PropertyParser properties;
    private final ConstraintParser constraints;
    private final PolicyParser policies;
    private final CommandParser commands;
    private final ReactionParser reactions;
    private final ApprovalParser approvals;

    EntityParser(
            TokenCursor cursor,
            ExpressionParser expressions,
            TypeParser types,
            PropertyParser properties,
            ConstraintParser constraints,
            PolicyParser policies,
            CommandParser commands,
            ReactionParser reactions) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.types = types;
        this.properties = properties;
        this.constraints = constraints;
        this.policies = policies;
        this.commands = commands;
        this.reactions = reactions;
        this.approvals = new ApprovalParser(cursor, expressions, properties);
    }

    Ast.Entity entity() {
        boolean external = cursor.acceptWord("external");
        boolean realtime = cursor.acceptWord("realtime");
        cursor.expectWord("entity");
        Position at = cursor.here();
        Ast.Entity entity = new Ast.Entity(cursor.name("an entity name"), at);
        entity.external = external;
        entity.realtime = realtime;
        if (cursor.at("<")) {
            typeParameters(entity);
        }
        if (cursor.accept("=")) {
            instance(entity);
            if (!cursor.at("{")) {
                return entity;
            }
        }
        header(entity);
        cursor.skipNewlinesIfExtended();
        cursor.block(() -> member(entity));
        return entity;
    }

    private void typeParameters(Ast.Entity entity) {
        cursor.expect("<");
        do {
            entity.typeParameters.add(cursor.name("a type parameter"));
        } while (cursor.accept(","));
        cursor.expect(">");
    }

    private void instance(Ast.Entity entity) {
        String template = cursor.reference("a generic entity");
        List<Type> arguments = new ArrayList<>();
        cursor.expect("<");
        do {
            arguments.add(types.type());
        } while (cursor.accept(","));
        cursor.expect(">");
        entity.instance = new Ast.Instance(template, arguments);
    }

    private void header(Ast.Entity entity) {
        while (cursor.peek().is(Token.Kind.WORD)) {
            switch (cursor.peek().text()) {
                case "extends" -> {
                    cursor.advance();
                    entity.parent = cursor.reference("an entity");
                }
                case "mixin", "mixins" -> {
                    cursor.advance();
                    do {
                        entity.mixins.add(cursor.reference("an entity"));
                    } while (cursor.accept(","));
                }
                case "realtime" -> {
                    cursor.advance();
                    entity.realtime = true;
                }
                default -> throw cursor.expected("{");
            }
        }
    }

    private void member(Ast.Entity entity) {
        Token token = cursor.peek();
        Position at = cursor.position(token);
        switch (token.is(Token.Kind.WORD) ? token.text() : "") {
            case "property" -> entity.properties.add(properties.property());
            case "computed", "derived" -> entity.computed.add(properties.computed());
            case "hasMany", "hasOne", "belongsTo", "ref" -> entity.relationships.add(properties.relationship());
            case "command", "async" -> entity.commands.add(commands.command());
            case "constraint" -> entity.constraints.add(constraints.constraint());
            case "policy", "default" -> entity.policies.add(policies.policy());
            case "store" -> entity.stores.add(store());
            case "transition" -> entity.transitions.add(transition());
            case "approval" -> entity.approvals.add(approvals.approval());
            case "behavior" -> behavior(entity, at);
            case "on" -> {
                if (cursor.peek(2).isSymbol("{")) {
                    behavior(entity, at);
                } else {
                    entity.reactions.add(reactions.reaction());
                }
            }
            case "key" -> {
                cursor.advance();
                cursor.accept(":");
                entity.key = cursor.referenceList("a property");
            }
            case "unique", "alternateKey" -> {
                cursor.advance();
                cursor.accept(":");
                entity.alternateKeys.add(cursor.referenceList("a property"));
            }
            case "versionProperty" -> entity.versionProperty = versionField();
            case "versionAtProperty" -> entity.versionAtProperty = versionField();
            case "timestamps" -> entity.timestamps = flag();
            case "realtime" -> entity.realtime = flag();
            default -> throw unknownMember(entity, token);
        }
    }

    private SyntaxException unknownMember(Ast.Entity entity, Token token) {
        if (cursor.extended() && (token.isWord("entity") || token.isWord("event") || token.isWord("module"))) {
            return cursor.failure(
                    "'" + token.text() + "' cannot stand inside entity '" + entity.name
                            + "'. Is the '}' of the entity missing before it?",
                    cursor.position(token));
        }
        return cursor.unknown("entity '" + entity.name + "'", MEMBERS);
    }

    /** A word that is true by being there, or says otherwise after a colon. */
    private boolean flag() {
        cursor.advance();
        return !cursor.accept(":") || cursor.expectBoolean("true or false");
    }

    private String versionField() {
        cursor.advance();
        String name = cursor.reference("a property name");
        if (cursor.accept(":")) {
            types.type();
        }
        return name;
    }

    private Ast.Located<Transition> transition() {
        Position at = cursor.here();
        cursor.expectWord("transition");
        String property = cursor.reference("a property");
        cursor.accept(":");
        cursor.acceptWord("from");
        String from = cursor.expectWordOrString("a state");
        if (!cursor.acceptWord("to") && !cursor.accept("->")) {
            throw cursor.expected("to");
        }
        List<String> to = new ArrayList<>();
        if (cursor.accept("[")) {
            cursor.skipSeparators();
            while (!cursor.at("]")) {
                to.add(cursor.expectWordOrString("a state"));
                cursor.skipSeparators();
            }
            cursor.expect("]");
        } else {
            to.add(cursor.expectWordOrString("a state"));
        }
        return new Ast.Located<>(new Transition(property, from, to), at);
    }

    /** Behaviors are refused as a whole by the compiler; here they are only passed over. */
    private void behavior(Ast.Entity entity, Position at) {
        cursor.acceptWord("behavior");
        cursor.acceptWord("on");
        String name = cursor.expectWordOrString("an event");
        while (!cursor.at("{") && !cursor.atEnd() && !cursor.peek().is(Token.Kind.NEWLINE)) {
            cursor.advance();
        }
        cursor.skipBraces();
        entity.behaviors.add(new Ast.Located<>(name, at));
    }

    /** {@code store [Entity] [in] target [{ settings }]}. */
    Ast.Store store() {
        Position at = cursor.here();
        cursor.expectWord("store");
        @Nullable String entity = null;
        if (!cursor.acceptWord("in")) {
            String first = cursor.reference("an entity or a store");
            if (cursor.acceptWord("in")) {
                entity = first;
            } else {
                return new Ast.Store(null, first, config(), at);
            }
        }
        String target = cursor.expectWordOrString("a store");
        return new Ast.Store(entity, target, config(), at);
    }

    private Map<String, Value> config() {
        Map<String, Value> config = new LinkedHashMap<>();
        cursor.acceptWord("with");
        if (cursor.at("{")) {
            cursor.block(() -> {
                String key = cursor.expectWordOrString("a setting");
                cursor.expect(":");
                ExpressionNode value = expressions.expression();
                config.put(
                        key,
                        ConstantReader.constant(value.value())
                                .orElseThrow(() ->
                                        cursor.failure("Store setting '" + key + "' must be a constant", value.at())));
            });
        }
        return config;
    }
}
