package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.Approval;
import dev.pawl.manifest.ir.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads approvals: the command they gate, their stages, and what happens when time runs out. */
final class ApprovalParser {
    private static final Map<String, Approval.Status> STATUSES =
            PropertyParser.byText(Approval.Status.values(), Approval.Status::text);

    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final PropertyParser properties;

    ApprovalParser(TokenCursor cursor, ExpressionParser expressions, PropertyParser properties) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.properties = properties;
    }

    private static final class Draft {
        @Nullable
        String command;

        @Nullable
        Double timeout;

        Approval.@Nullable OnTimeout onTimeout;
        final List<Approval.Stage> stages = new ArrayList<>();
        final List<String> emits = new ArrayList<>();
    }

    Ast.Located<Approval> approval() {
        Position at = cursor.here();
        cursor.expectWord("approval");
        String name = cursor.name("an approval name");
        Draft draft = new Draft();
        Map<String, TokenCursor.Statement> readers = new HashMap<>();
        readers.put("command", () -> draft.command = cursor.reference("a command"));
        readers.put("stages", () -> cursor.block(() -> draft.stages.add(stage())));
        readers.put("timeout", () -> draft.timeout = cursor.expectNumber("hours"));
        readers.put("on_timeout", () -> draft.onTimeout = onTimeout(name, at));
        readers.put("onTimeout", () -> draft.onTimeout = onTimeout(name, at));
        readers.put("emit", () -> draft.emits.add(cursor.reference("an event")));
        cursor.settings("approval '" + name + "'", readers, Set.of("emit"));
        if (draft.command == null) {
            throw cursor.failure("Approval '" + name + "' must name the command it gates", at);
        }
        return new Ast.Located<>(
                new Approval(name, draft.command, draft.stages, draft.emits, draft.timeout, draft.onTimeout), at);
    }

    private Approval.Stage stage() {
        Position at = cursor.here();
        cursor.acceptWord("stage");
        String name = cursor.name("a stage name");
        Map<String, Expression> parts = new HashMap<>();
        List<Double> required = new ArrayList<>();
        cursor.settings(
                "stage '" + name + "'",
                Map.of(
                        "policy",
                                () -> parts.put(
                                        "policy", expressions.expression().value()),
                        "when", () -> parts.put("when", expressions.expression().value()),
                        "required", () -> required.add(cursor.expectNumber("a number"))),
                Set.of());
        @Nullable Expression policy = parts.get("policy");
        if (policy == null) {
            throw cursor.failure("Stage '" + name + "' must have a policy", at);
        }
        return new Approval.Stage(name, policy, required.isEmpty() ? 1 : required.get(0), parts.get("when"));
    }

    private Approval.@Nullable OnTimeout onTimeout(String name, Position at) {
        String word = cursor.expectWordOrString("cancel or escalate");
        if (word.equals("cancel")) {
            return new Approval.Cancel();
        }
        if (!word.equals("escalate")) {
            throw cursor.failure(
                    "Approval '" + name + "': on_timeout is cancel or escalate { ... }, not '" + word + "'", at);
        }
        if (!cursor.at("{")) {
            cursor.report(
                    "Approval '" + name + "' declares bare on_timeout: escalate without a block. Provide escalate"
                            + " { to: <expr>, status: <pending|granted|denied|expired>, timeout: <hours|none|reset> }.",
                    at);
            return null;
        }
        return escalate(name, at);
    }

    private Approval.Escalate escalate(String name, Position at) {
        List<Expression> to = new ArrayList<>();
        List<Approval.Status> status = new ArrayList<>();
        List<Approval.EscalationTimeout> timeout = new ArrayList<>();
        cursor.settings(
                "escalate",
                Map.of(
                        "to", () -> to.add(expressions.expression().value()),
                        "status", () -> status.add(properties.oneOf(STATUSES, "a status")),
                        "timeout", () -> timeout.add(escalationTimeout())),
                Set.of());
        if (to.isEmpty() || status.isEmpty() || timeout.isEmpty()) {
            throw cursor.failure("Approval '" + name + "': escalate must say to, status and timeout", at);
        }
        return new Approval.Escalate(to.get(0), status.get(0), timeout.get(0));
    }

    private Approval.EscalationTimeout escalationTimeout() {
        if (cursor.peek().is(Token.Kind.NUMBER)) {
            return new Approval.Hours(cursor.expectNumber("hours"));
        }
        return properties.oneOf(
                Map.of("none", new Approval.NoTimeout(), "reset", new Approval.ResetTimeout()), "hours, none or reset");
    }
}
