package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.Action;
import dev.pawl.manifest.ir.EmitPayload;
import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.NamedExpression;
import dev.pawl.manifest.ir.Parameter;
import dev.pawl.manifest.ir.Type;
import dev.pawl.manifest.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads commands: their inputs, and the statements of their bodies. */
final class CommandParser {
    private static final Map<String, Action.Kind> HOST_ACTIONS = Map.of(
            "compute", Action.Kind.COMPUTE,
            "effect", Action.Kind.EFFECT,
            "publish", Action.Kind.PUBLISH,
            "persist", Action.Kind.PERSIST);
    private static final List<String> STATEMENTS = List.of(
            "guard",
            "constraint",
            "mutate",
            "emit",
            "compute",
            "effect",
            "publish",
            "persist",
            "retry",
            "rateLimit",
            "policy",
            "policies",
            "returns");

    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final TypeParser types;
    private final ConstraintParser constraints;
    private final PolicyParser policies;

    CommandParser(
            TokenCursor cursor,
            ExpressionParser expressions,
            TypeParser types,
            ConstraintParser constraints,
            PolicyParser policies) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.types = types;
        this.constraints = constraints;
        this.policies = policies;
    }

    boolean atCommand() {
        return cursor.atWord("command")
                || cursor.atWord("async") && cursor.peek(1).isWord("command");
    }

    Ast.Command command() {
        boolean async = cursor.acceptWord("async");
        cursor.expectWord("command");
        async |= cursor.atWord("async") && cursor.peek(1).is(Token.Kind.WORD) && cursor.acceptWord("async");
        Position at = cursor.here();
        Ast.Command command = new Ast.Command(cursor.name("a command name"), at);
        command.async = async;
        parameters(command);
        while (!cursor.at("{")) {
            if (cursor.acceptWord("async")) {
                command.async = true;
            } else if (cursor.acceptWord("returns") || cursor.accept("->") || cursor.accept(":")) {
                command.returns = types.type();
            } else {
                cursor.skipNewlinesIfExtended();
                if (!cursor.at("{")) {
                    throw cursor.expected("{");
                }
            }
        }
        cursor.block(() -> statement(command));
        return command;
    }

    private void parameters(Ast.Command command) {
        if (cursor.extended() && !cursor.at("(")) {
            return;
        }
        cursor.expect("(");
        cursor.skipNewlines();
        while (!cursor.at(")")) {
            command.parameters.add(parameter());
            cursor.skipNewlines();
            if (!cursor.accept(",")) {
                break;
            }
            cursor.skipNewlines();
        }
        cursor.expect(")");
    }

    private Ast.Located<Parameter> parameter() {
        Position at = cursor.here();
        boolean required = true;
        if ((cursor.atWord("optional") || cursor.atWord("required"))
                && cursor.peek(1).is(Token.Kind.WORD)) {
            required = cursor.advance().text().equals("required");
        }
        String name = cursor.name("a parameter name");
        required &= !cursor.accept("?");
        cursor.expect(":");
        Type type = types.type();
        @Nullable Value defaultValue = null;
        if (cursor.accept("=")) {
            ExpressionNode value = expressions.expression();
            defaultValue = ConstantReader.constant(value.value())
                    .orElseThrow(
                            () -> cursor.failure("Default of parameter '" + name + "' must be a constant", value.at()));
            required = false;
        }
        @Nullable String trustedSource = cursor.acceptWord("from") ? path() : null;
        if (cursor.extended() && type.nullable()) {
            required = false;
        }
        return new Ast.Located<>(new Parameter(name, type, required, defaultValue, trustedSource), at);
    }

    /** A dotted path such as {@code context.tenantId}, or the same in quotes. */
    String path() {
        if (cursor.peek().is(Token.Kind.STRING)) {
            return cursor.advance().text();
        }
        StringBuilder path = new StringBuilder(cursor.reference("a context path"));
        while (cursor.accept(".")) {
            path.append('.').append(cursor.reference("a name"));
        }
        return path.toString();
    }

    private void statement(Ast.Command command) {
        Token token = cursor.peek();
        Position at = cursor.position(token);
        switch (token.is(Token.Kind.WORD) ? token.text() : "") {
            case "guard" -> {
                cursor.advance();
                cursor.skipNewlinesIfExtended();
                command.guards.add(new Ast.Located<>(expressions.expression().value(), at));
                if (cursor.extended() && cursor.peek().is(Token.Kind.STRING)) {
                    cursor.warn(
                            "A guard has no message, so this text is not shown to anyone; a constraint has one",
                            cursor.here());
                }
            }
            case "constraint" -> command.constraints.add(constraints.constraint());
            case "mutate" -> mutate(command, at);
            case "emit" -> emit(command);
            case "compute", "effect", "publish", "persist" -> hostAction(command, at);
            case "retry" -> command.retry = policies.retry();
            case "rateLimit" -> command.rateLimit = policies.rateLimit();
            case "policy", "policies" -> policyReferences(command);
            case "returns" -> {
                cursor.advance();
                command.returns = types.type();
            }
            default -> bareExpression(command, token, at);
        }
    }

    private void mutate(Ast.Command command, Position at) {
        cursor.advance();
        if (cursor.extended()
                && (cursor.atWord("self") || cursor.atWord("this"))
                && cursor.peek(1).isSymbol(".")) {
            cursor.advance();
            cursor.advance();
        }
        String target = cursor.reference("a property to change");
        if (cursor.at(".")) {
            throw cursor.failure(
                    "Only a property of the instance itself can be changed, not a part of '" + target + "'",
                    cursor.here());
        }
        cursor.expect("=");
        cursor.skipNewlinesIfExtended();
        command.actions.add(new Ast.Located<>(
                new Action(Action.Kind.MUTATE, target, expressions.expression().value()), at));
    }

    private void hostAction(Ast.Command command, Position at) {
        Action.Kind kind = HOST_ACTIONS.get(cursor.advance().text());
        @Nullable String target = null;
        if (cursor.peek().is(Token.Kind.WORD) && cursor.peek(1).isSymbol("=")) {
            target = cursor.advance().text();
            cursor.expect("=");
            cursor.skipNewlinesIfExtended();
        }
        command.actions.add(new Ast.Located<>(
                new Action(kind, target, expressions.expression().value()), at));
    }

    private void emit(Ast.Command command) {
        cursor.advance();
        String event = cursor.reference("an event");
        command.emits.add(event);
        if (cursor.at("{") || cursor.extended() && cursor.peekPastNewlines().isSymbol("{")) {
            cursor.skipNewlines();
            List<EmitPayload.Field> fields = new ArrayList<>();
            for (NamedExpression field : namedExpressions()) {
                fields.add(new EmitPayload.Field(field.name(), field.expression()));
            }
            command.emitPayloads.add(new EmitPayload(event, fields));
        }
    }

    /** {@code { name: expression ... }}, separated by commas or line ends. */
    List<NamedExpression> namedExpressions() {
        List<NamedExpression> entries = new ArrayList<>();
        cursor.block(() -> {
            String name = cursor.expectWordOrString("a name");
            cursor.expect(":");
            cursor.skipNewlinesIfExtended();
            entries.add(new NamedExpression(name, expressions.expression().value()));
        });
        return entries;
    }

    private void policyReferences(Ast.Command command) {
        cursor.advance();
        cursor.accept(":");
        Position at = cursor.here();
        List<String> names = cursor.at("[") ? cursor.referenceList("a policy") : List.of(cursor.reference("a policy"));
        names.forEach(name -> command.policies.add(new Ast.Located<>(name, at)));
    }

    /** An expression standing alone is evaluated for its own sake; in the extended grammar only a call or a text may. */
    private void bareExpression(Ast.Command command, Token first, Position at) {
        boolean callOrText = first.is(Token.Kind.STRING)
                || first.is(Token.Kind.WORD)
                        && (cursor.peek(1).isSymbol("(") || cursor.peek(1).isSymbol("."));
        if (cursor.extended() && !callOrText) {
            throw cursor.unknown("command '" + command.name + "'", STATEMENTS);
        }
        Expression expression = expressions.expression().value();
        if (cursor.extended() && cursor.at("=")) {
            throw cursor.failure("An assignment begins with 'mutate'", at);
        }
        command.actions.add(new Ast.Located<>(new Action(Action.Kind.COMPUTE, null, expression), at));
    }
}
