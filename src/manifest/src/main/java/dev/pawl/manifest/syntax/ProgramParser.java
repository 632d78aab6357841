package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.EnumType;
import dev.pawl.manifest.ir.Event;
import dev.pawl.manifest.ir.Tenant;
import dev.pawl.manifest.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a whole program: the declarations at the top and in modules. */
public final class ProgramParser {
    private static final Set<String> DECLARATIONS = Set.of(
            "module",
            "entity",
            "external",
            "enum",
            "value",
            "command",
            "async",
            "store",
            "event",
            "policy",
            "on",
            "tenant",
            "role",
            "saga",
            "webhook",
            "schedule",
            "flow",
            "effect",
            "expose",
            "compose");

    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final TypeParser types;
    private final PropertyParser properties;
    private final PolicyParser policies;
    private final CommandParser commands;
    private final EntityParser entities;
    private final ReactionParser reactions;
    private final OperationsParser operations;

    private ProgramParser(TokenCursor cursor) {
        this.cursor = cursor;
        this.expressions = new ExpressionParser(cursor);
        this.types = new TypeParser(cursor);
        this.properties = new PropertyParser(cursor, expressions, types);
        this.policies = new PolicyParser(cursor, expressions, properties);
        ConstraintParser constraints = new ConstraintParser(cursor, expressions, properties);
        this.commands = new CommandParser(cursor, expressions, types, constraints, policies);
        this.reactions = new ReactionParser(cursor, expressions, commands);
        this.entities =
                new EntityParser(cursor, expressions, types, properties, constraints, policies, commands, reactions);
        this.operations = new OperationsParser(cursor, properties, commands);
    }

    /** Parses a program; problems go to the log, and what could be understood is returned all the same. */
    public static Ast.Scope parse(String source, Grammar grammar, DiagnosticLog log) {
        TokenCursor cursor = new TokenCursor(Lexer.tokens(source, grammar, log), grammar, log);
        return new ProgramParser(cursor).program();
    }

    private Ast.Scope program() {
        Ast.Scope scope = new Ast.Scope(null);
        while (!cursor.atEnd()) {
            cursor.statements(() -> declaration(scope));
            if (!cursor.atEnd()) {
                cursor.report(
                        cursor.extended() ? "Unexpected '}': no block is open here" : "Unexpected: }", cursor.here());
                cursor.advance();
            }
        }
        return scope;
    }

    private void declaration(Ast.Scope scope) {
        Token token = cursor.peek();
        switch (token.is(Token.Kind.WORD) ? token.text() : "") {
            case "module" -> scope.modules.add(module());
            case "entity", "external", "realtime" -> scope.entities.add(entities.entity());
            case "enum" -> scope.enums.add(enumType(scope.module));
            case "value" -> scope.values.add(valueObject());
            case "command", "async" -> scope.commands.add(commands.command());
            case "store" -> scope.stores.add(programStore());
            case "event" -> scope.events.add(event());
            case "policy" -> scope.policies.add(policies.policy());
            case "on" -> scope.reactions.add(reactions.reaction());
            case "tenant" -> tenant(scope);
            case "role" -> scope.roles.add(operations.role(scope.module));
            case "saga" -> scope.sagas.add(operations.saga(scope.module));
            case "webhook" -> scope.webhooks.add(operations.webhook(scope.module));
            case "schedule" -> scope.schedules.add(operations.schedule(scope.module));
            case "flow" -> unlowered(scope, Ast.Unlowered.Kind.FLOW);
            case "effect" -> unlowered(scope, Ast.Unlowered.Kind.EFFECT);
            case "expose" -> unlowered(scope, Ast.Unlowered.Kind.EXPOSE);
            case "compose" -> unlowered(scope, Ast.Unlowered.Kind.COMPOSE);
            default ->
                throw cursor.unknown(
                        scope.module == null ? "the program" : "module '" + scope.module + "'", DECLARATIONS);
        }
    }

    private Ast.Scope module() {
        cursor.expectWord("module");
        Ast.Scope module = new Ast.Scope(cursor.name("a module name"));
        cursor.skipNewlinesIfExtended();
        cursor.block(() -> declaration(module));
        return module;
    }

    private Ast.Store programStore() {
        Ast.Store store = entities.store();
        if (store.entity() == null) {
            throw cursor.failure(
                    "A store outside an entity names the entity: store <Entity> in " + store.target(), store.at());
        }
        return store;
    }

    private Ast.Located<EnumType> enumType(@Nullable String module) {
        Position at = cursor.here();
        cursor.expectWord("enum");
        String name = cursor.name("an enum name");
        List<EnumType.Member> members = new ArrayList<>();
        cursor.skipNewlinesIfExtended();
        cursor.block(() -> members.add(enumMember()));
        return new Ast.Located<>(new EnumType(name, module, members), at);
    }

    private EnumType.Member enumMember() {
        String name = cursor.expectWordOrString("an enum member");
        @Nullable String label = null;
        @Nullable Double ordinal = null;
        while (cursor.at("=") || cursor.at("(")) {
            if (cursor.accept("=")) {
                if (cursor.peek().is(Token.Kind.NUMBER) || cursor.at("-")) {
                    ordinal = cursor.expectNumber("a number");
                } else {
                    label = cursor.expectString("a label");
                }
            } else {
                cursor.expect("(");
                do {
                    if (cursor.peek().is(Token.Kind.STRING)) {
                        label = cursor.advance().text();
                    } else {
                        ordinal = cursor.expectNumber("a number");
                    }
                } while (cursor.accept(","));
                cursor.expect(")");
            }
        }
        return new EnumType.Member(name, label, ordinal);
    }

    private Ast.ValueObject valueObject() {
        Position at = cursor.here();
        cursor.expectWord("value");
        String name = cursor.name("a value name");
        List<Ast.Property> members = new ArrayList<>();
        cursor.skipNewlinesIfExtended();
        cursor.block(() -> {
            if (!cursor.atWord("property")) {
                throw cursor.unknown("value '" + name + "'", List.of("property"));
            }
            members.add(properties.property());
        });
        return new Ast.ValueObject(name, members, at);
    }

    /**
     * {@code event Name: "channel" { fields }}, {@code event Name: "channel"} or {@code event Name: Type}. In the published
     * language a bare word is the payload's type and a block after it means nothing; in the extended one a word before
     * a block is the channel.
     */
    private Ast.Located<Event> event() {
        Position at = cursor.here();
        cursor.expectWord("event");
        String name = cursor.name("an event name");
        String channel = name;
        Event.Payload payload = new Event.Typed(Type.of("unknown"));
        if (cursor.accept(":")) {
            if (cursor.peek().is(Token.Kind.STRING)) {
                channel = cursor.advance().text();
                if (cursor.peek().is(Token.Kind.WORD) && isEventType()) {
                    payload = new Event.Typed(types.type());
                }
            } else if (cursor.extended() && cursor.peek(1).isSymbol("{")) {
                channel = cursor.reference("a channel");
            } else {
                payload = new Event.Typed(types.type());
                if (!cursor.extended() && cursor.at("{")) {
                    cursor.skipBraces();
                }
            }
        }
        if (cursor.at("{") || cursor.extended() && cursor.peekPastNewlines().isSymbol("{")) {
            cursor.skipNewlines();
            payload = new Event.Fields(eventFields());
        }
        return new Ast.Located<>(new Event(name, channel, payload), at);
    }

    private boolean isEventType() {
        return !DECLARATIONS.contains(cursor.peek().text());
    }

    private List<Event.Field> eventFields() {
        List<Event.Field> fields = new ArrayList<>();
        cursor.block(() -> {
            boolean required = true;
            if (cursor.atWord("property") && cursor.peek(1).is(Token.Kind.WORD)) {
                cursor.advance();
            }
            if ((cursor.atWord("optional") || cursor.atWord("required"))
                    && cursor.peek(1).is(Token.Kind.WORD)) {
                required = cursor.advance().text().equals("required");
            }
            String name = cursor.expectWordOrString("a field name");
            required &= !cursor.accept("?");
            cursor.expect(":");
            fields.add(new Event.Field(name, types.type(), required));
        });
        return fields;
    }

    private void tenant(Ast.Scope scope) {
        Position at = cursor.here();
        cursor.expectWord("tenant");
        String property = cursor.name("a property name");
        Type type = Type.of("string");
        if (cursor.accept(":")) {
            type = types.type();
        }
        cursor.expectWord("from");
        String path = commands.path();
        if (scope.tenant != null) {
            throw cursor.failure("The tenant is declared twice", at);
        }
        scope.tenant = new Tenant(property, type, path);
    }

    /** Constructs of the language that mean nothing yet: they are recognised, passed over, and warned of. */
    private void unlowered(Ast.Scope scope, Ast.Unlowered.Kind kind) {
        Position at = cursor.here();
        cursor.advance();
        String name = cursor.name("a name");
        while (!cursor.atEnd() && !cursor.peek().is(Token.Kind.NEWLINE) && !cursor.at("}")) {
            if (cursor.at("{")) {
                cursor.skipBraces();
            } else {
                cursor.advance();
            }
        }
        scope.unlowered.add(new Ast.Unlowered(kind, name, at));
    }
}
