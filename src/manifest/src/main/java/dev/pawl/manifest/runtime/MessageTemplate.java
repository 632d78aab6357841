package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.runtime.expression.Code;
import dev.pawl.manifest.runtime.expression.ExpressionCompiler;
import dev.pawl.manifest.runtime.expression.Frame;
import dev.pawl.manifest.runtime.expression.Scope;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message with {@code {placeholders}}: a detail of the constraint, else a name or a member path in its scope. */
final class MessageTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");

    private final String text;
    private final Map<String, Code> paths = new LinkedHashMap<>();

    MessageTemplate(String text, Scope scope) {
        this.text = text;
        Matcher placeholders = PLACEHOLDER.matcher(text);
        while (placeholders.find()) {
            String path = placeholders.group(1);
            paths.computeIfAbsent(path, fresh -> ExpressionCompiler.compile(expression(fresh), scope));
        }
    }

    String fill(Frame frame, Map<String, Object> details) {
        return PLACEHOLDER.matcher(text).replaceAll(placeholder -> {
            String path = placeholder.group(1);
            Object detail = details.get(path);
            Object value = detail != null ? detail : paths.get(path).value(frame);
            return Matcher.quoteReplacement(value == Absent.UNDEFINED ? placeholder.group() : Values.toText(value));
        });
    }

    private static Expression expression(String path) {
        String[] steps = path.strip().split("\\.");
        Expression expression = new Expression.Identifier(steps[0]);
        for (int i = 1; i < steps.length; i++) {
            expression = new Expression.Member(expression, steps[i]);
        }
        return expression;
    }
}
