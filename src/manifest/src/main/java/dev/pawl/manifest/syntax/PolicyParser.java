package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.Policy;
import dev.pawl.manifest.ir.RateLimit;
import dev.pawl.manifest.ir.Retry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads policies, and the limits on how often and how stubbornly a command runs. */
final class PolicyParser {
    private static final Map<String, Policy.Scope> SCOPES =
            PropertyParser.byText(Policy.Scope.values(), Policy.Scope::text);

    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final PropertyParser properties;

    PolicyParser(TokenCursor cursor, ExpressionParser expressions, PropertyParser properties) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.properties = properties;
    }

    Ast.Policy policy() {
        Position at = cursor.here();
        boolean isDefault = cursor.acceptWord("default");
        cursor.expectWord("policy");
        String name = cursor.name("a policy name");
        Policy.Scope scope = cursor.at(":") ? Policy.Scope.ALL : properties.oneOf(SCOPES, "what the policy is about");
        cursor.expect(":");
        cursor.skipNewlines();
        ExpressionNode expression = expressions.expression();
        @Nullable RateLimit rateLimit = null;
        @Nullable String message = null;
        boolean more = true;
        while (more) {
            if (messageFollows()) {
                cursor.skipNewlines();
                cursor.acceptWord("message");
                message = cursor.expectString("a message");
            } else if (cursor.atWord("rateLimit")
                    || cursor.extended() && cursor.peekPastNewlines().isWord("rateLimit")) {
                cursor.skipNewlines();
                rateLimit = rateLimit();
            } else {
                more = false;
            }
        }
        skipLooseText();
        return new Ast.Policy(name, scope, expression, rateLimit, message, isDefault, at);
    }

    private boolean messageFollows() {
        Token token = cursor.extended() ? cursor.peekPastNewlines() : cursor.peek();
        return token.is(Token.Kind.STRING)
                || cursor.extended()
                        && token.isWord("message")
                        && cursor.peekAfterThat().is(Token.Kind.STRING);
    }

    /**
     * In the published language a message in the line after the expression is not the policy's message, and not an error
     * either; the suite's programs contain such lines and their IR has no message.
     */
    private void skipLooseText() {
        if (!cursor.extended() && cursor.peekPastNewlines().is(Token.Kind.STRING)) {
            cursor.skipNewlines();
            cursor.advance();
        }
    }

    RateLimit rateLimit() {
        Position at = cursor.here();
        cursor.expectWord("rateLimit");
        Map<String, Double> numbers = new HashMap<>();
        List<RateLimit.Scope> scope = new ArrayList<>();
        cursor.settings(
                "rateLimit",
                Map.of(
                        "maxRequests", () -> numbers.put("maxRequests", cursor.expectNumber("a number")),
                        "windowMs", () -> numbers.put("windowMs", cursor.expectNumber("milliseconds")),
                        "burstAllowance", () -> numbers.put("burstAllowance", cursor.expectNumber("a number")),
                        "scope",
                                () -> scope.add(properties.oneOf(
                                        PropertyParser.byText(RateLimit.Scope.values(), RateLimit.Scope::text),
                                        "a scope"))),
                Set.of());
        return new RateLimit(
                required(numbers, "maxRequests", "rateLimit", at),
                required(numbers, "windowMs", "rateLimit", at),
                scope.isEmpty() ? RateLimit.Scope.GLOBAL : scope.get(0),
                numbers.get("burstAllowance"));
    }

    Retry retry() {
        Position at = cursor.here();
        cursor.expectWord("retry");
        Map<String, Double> numbers = new HashMap<>();
        List<Retry.Backoff> backoff = new ArrayList<>();
        List<Boolean> jitter = new ArrayList<>();
        List<String> retryOn = new ArrayList<>();
        Map<String, TokenCursor.Statement> readers = new HashMap<>();
        readers.put("maxAttempts", () -> numbers.put("maxAttempts", cursor.expectNumber("a number")));
        readers.put("delay", () -> numbers.put("delay", cursor.expectNumber("milliseconds")));
        readers.put("delayMs", () -> numbers.put("delay", cursor.expectNumber("milliseconds")));
        readers.put("maxDelay", () -> numbers.put("maxDelay", cursor.expectNumber("milliseconds")));
        readers.put("maxDelayMs", () -> numbers.put("maxDelay", cursor.expectNumber("milliseconds")));
        readers.put("jitter", () -> jitter.add(cursor.expectBoolean("true or false")));
        readers.put("retryOn", () -> retryOn(retryOn));
        readers.put(
                "backoff",
                () -> backoff.add(properties.oneOf(
                        PropertyParser.byText(Retry.Backoff.values(), Retry.Backoff::text), "a backoff")));
        cursor.settings("retry", readers, Set.of("retryOn"));
        return new Retry(
                required(numbers, "maxAttempts", "retry", at),
                backoff.isEmpty() ? Retry.Backoff.FIXED : backoff.get(0),
                numbers.getOrDefault("delay", 0.0),
                numbers.get("maxDelay"),
                jitter.isEmpty() ? null : jitter.get(0),
                retryOn);
    }

    private void retryOn(List<String> codes) {
        if (cursor.accept("[")) {
            cursor.skipSeparators();
            while (!cursor.at("]")) {
                codes.add(cursor.expectWordOrString("an error code"));
                cursor.skipSeparators();
            }
            cursor.expect("]");
        } else {
            codes.add(cursor.expectWordOrString("an error code"));
        }
    }

    private double required(Map<String, Double> numbers, String key, String where, Position at) {
        Double number = numbers.get(key);
        if (number == null) {
            throw cursor.failure(where + " must say " + key, at);
        }
        return number;
    }
}
