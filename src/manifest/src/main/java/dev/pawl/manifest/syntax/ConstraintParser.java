package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads constraints in their three forms: {@code name[:severity] expression "message"}, the block of settings, and, in the
 * guides' dialect, {@code name severity s when <fails if true> message "..."}.
 */
final class ConstraintParser {
    private static final Map<String, Severity> SEVERITIES = PropertyParser.byText(Severity.values(), Severity::text);
    private static final List<String> CLAUSES =
            List.of("severity", "when", "message", "overrideable", "overridePolicy", "code", "expression");

    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final PropertyParser properties;

    ConstraintParser(TokenCursor cursor, ExpressionParser expressions, PropertyParser properties) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.properties = properties;
    }

    Ast.Constraint constraint() {
        cursor.expectWord("constraint");
        boolean overrideable = false;
        boolean failWhen = false;
        while (cursor.peek(1).is(Token.Kind.WORD)
                && (cursor.atWord("overrideable") || cursor.atWord("failWhen"))
                && !CLAUSES.contains(cursor.peek(1).text())) {
            if (cursor.advance().text().equals("failWhen")) {
                failWhen = true;
            } else {
                overrideable = true;
            }
        }
        Position at = cursor.here();
        Ast.Constraint constraint = new Ast.Constraint(cursor.name("a constraint name"), at);
        constraint.overrideable = overrideable;
        constraint.failWhen = failWhen ? Boolean.TRUE : null;
        if (cursor.at(":")) {
            inline(constraint);
        } else if (cursor.at("{")) {
            block(constraint);
        } else if (cursor.extended()) {
            clauses(constraint);
        } else {
            throw cursor.expected(":");
        }
        return constraint;
    }

    private void inline(Ast.Constraint constraint) {
        cursor.expect(":");
        if (severityFollows()) {
            constraint.severity = SEVERITIES.get(cursor.advance().text());
        }
        cursor.skipNewlinesIfExtended();
        if (cursor.extended() && cursor.atWord("when")) {
            clauses(constraint);
            return;
        }
        constraint.expression = expressions.expression();
        if (cursor.peek().is(Token.Kind.STRING)) {
            constraint.message = cursor.advance().text();
        } else if (cursor.extended() && (cursor.peekPastNewlines().is(Token.Kind.STRING) || clauseFollows())) {
            cursor.skipNewlines();
            if (cursor.peek().is(Token.Kind.STRING)) {
                constraint.message = cursor.advance().text();
            } else {
                clauses(constraint);
            }
        }
    }

    /** {@code :warn expression}; a property called {@code warn} is followed by an operator instead. */
    private boolean severityFollows() {
        Token after = cursor.peek(1);
        return cursor.peek().is(Token.Kind.WORD)
                && SEVERITIES.containsKey(cursor.peek().text())
                && (after.is(Token.Kind.WORD)
                                && !Set.of("and", "or", "is", "in", "contains").contains(after.text())
                        || after.is(Token.Kind.NUMBER)
                        || after.is(Token.Kind.STRING)
                        || after.isSymbol("(")
                        || after.isSymbol("!")
                        || cursor.extended() && after.is(Token.Kind.NEWLINE));
    }

    private boolean clauseFollows() {
        Token token = cursor.peekPastNewlines();
        return token.is(Token.Kind.WORD)
                && CLAUSES.contains(token.text())
                && !cursor.peekAfterThat().isSymbol(":")
                && !cursor.peekAfterThat().isSymbol("(");
    }

    private void clauses(Ast.Constraint constraint) {
        while (clauseFollows()) {
            cursor.skipNewlines();
            Token clause = cursor.advance();
            switch (clause.text()) {
                case "severity" -> constraint.severity = properties.oneOf(SEVERITIES, "a severity");
                case "when" -> {
                    constraint.failWhen = true;
                    expression(constraint, clause);
                }
                case "expression" -> expression(constraint, clause);
                case "message" -> constraint.message = cursor.expectString("a message");
                case "code" -> constraint.code = cursor.expectWordOrString("a code");
                case "overridePolicy" -> overridePolicy(constraint);
                default -> {
                    constraint.overrideable = true;
                    if (cursor.acceptWord("by")) {
                        overridePolicy(constraint);
                    }
                }
            }
        }
        if (constraint.expression == null) {
            if (cursor.peek().is(Token.Kind.WORD)) {
                throw cursor.unknown("constraint '" + constraint.name + "'", CLAUSES);
            }
            throw cursor.failure(
                    "Constraint '" + constraint.name + "' has no condition; write: when <what must not be>",
                    constraint.at);
        }
    }

    private void expression(Ast.Constraint constraint, Token clause) {
        if (constraint.expression != null) {
            throw cursor.failure("Constraint '" + constraint.name + "' has two conditions", cursor.position(clause));
        }
        cursor.skipNewlines();
        constraint.expression = expressions.expression();
    }

    private void overridePolicy(Ast.Constraint constraint) {
        constraint.overrideable = true;
        constraint.overridePolicy = cursor.reference("a policy");
    }

    private void block(Ast.Constraint constraint) {
        Map<String, TokenCursor.Statement> readers = new HashMap<>();
        readers.put("expression", () -> constraint.expression = expressions.expression());
        readers.put("when", () -> {
            constraint.failWhen = true;
            constraint.expression = expressions.expression();
        });
        readers.put("severity", () -> constraint.severity = properties.oneOf(SEVERITIES, "a severity"));
        readers.put("message", () -> constraint.message = cursor.expectString("a message"));
        readers.put("messageTemplate", () -> constraint.messageTemplate = cursor.expectString("a message"));
        readers.put("code", () -> constraint.code = cursor.expectWordOrString("a code"));
        readers.put("failWhen", () -> constraint.failWhen = cursor.expectBoolean("true or false"));
        readers.put("overrideable", () -> constraint.overrideable = cursor.expectBoolean("true or false"));
        readers.put("overridePolicy", () -> constraint.overridePolicy = cursor.expectWordOrString("a policy"));
        readers.put("details", () -> details(constraint));
        readers.put("detailsMapping", () -> details(constraint));
        cursor.settings("constraint '" + constraint.name + "'", readers, Set.of());
        if (constraint.expression == null) {
            Token closing = cursor.peek(-1);
            throw cursor.failure("Constraint block must include an expression", cursor.position(closing));
        }
    }

    private void details(Ast.Constraint constraint) {
        cursor.block(() -> {
            String key = cursor.expectWordOrString("a key");
            cursor.expect(":");
            constraint.details.put(key, expressions.expression().value());
        });
    }
}
