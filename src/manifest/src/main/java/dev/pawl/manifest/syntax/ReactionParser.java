package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.NamedExpression;
import dev.pawl.manifest.ir.Reaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code on Event run Entity.command}, with what it resolves, matches, fans out to and passes on. */
final class ReactionParser {
    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final CommandParser commands;

    ReactionParser(TokenCursor cursor, ExpressionParser expressions, CommandParser commands) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.commands = commands;
    }

    Ast.Reaction reaction() {
        Position at = cursor.here();
        cursor.expectWord("on");
        String event = cursor.reference("an event");
        @Nullable String entity = null;
        @Nullable String command = null;
        Ast.@Nullable FanOut fanOut = null;
        @Nullable ExpressionNode resolve = null;
        List<Reaction.Match> match = new ArrayList<>();
        List<NamedExpression> params = new ArrayList<>();
        boolean elseCreate = false;
        boolean more = true;
        while (more) {
            switch (clause()) {
                case "run" -> {
                    cursor.advance();
                    String first = cursor.reference("a command");
                    if (cursor.accept(".")) {
                        entity = first;
                        command = cursor.reference("a command");
                    } else {
                        command = first;
                    }
                }
                case "fanOut" -> {
                    cursor.advance();
                    fanOut = fanOut();
                }
                case "resolve" -> {
                    cursor.advance();
                    resolve = expressions.expression();
                }
                case "match", "where" -> {
                    cursor.advance();
                    matches(match);
                }
                case "params" -> {
                    cursor.advance();
                    cursor.accept(":");
                    params.addAll(commands.namedExpressions());
                }
                case "else" -> {
                    cursor.advance();
                    cursor.expectWord("create");
                    elseCreate = true;
                }
                case "elseCreate" -> {
                    cursor.advance();
                    cursor.accept(":");
                    elseCreate = !cursor.atWord("false");
                    if (cursor.atWord("true") || cursor.atWord("false")) {
                        cursor.advance();
                    }
                }
                default -> more = false;
            }
        }
        if (command == null) {
            throw cursor.expected("run");
        }
        return new Ast.Reaction(event, entity, command, match, elseCreate, resolve, fanOut, params, at);
    }

    /** The word of the clause that comes next, on this line or a later one, or nothing. */
    private String clause() {
        Token next = cursor.peekPastNewlines();
        if (!next.is(Token.Kind.WORD)) {
            return "";
        }
        switch (next.text()) {
            case "run", "fanOut", "resolve", "match", "where", "params", "else", "elseCreate" -> {
                cursor.skipNewlines();
                return next.text();
            }
            default -> {
                return "";
            }
        }
    }

    private Ast.FanOut fanOut() {
        String entity = cursor.reference("an entity");
        cursor.expectWord("where");
        String field = cursor.reference("a field");
        equalSign();
        return new Ast.FanOut(entity, field, expressions.expression());
    }

    private void matches(List<Reaction.Match> match) {
        if (cursor.at("{")) {
            commands.namedExpressions()
                    .forEach(entry -> match.add(new Reaction.Match(entry.name(), entry.expression())));
            return;
        }
        do {
            String field = cursor.reference("a field");
            equalSign();
            match.add(new Reaction.Match(field, expressions.expression().value()));
        } while (cursor.accept(","));
    }

    private void equalSign() {
        if (!cursor.accept("==")) {
            cursor.expect("=");
        }
    }
}
