package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.NamedExpression;
import dev.pawl.manifest.ir.Role;
import dev.pawl.manifest.ir.Saga;
import dev.pawl.manifest.ir.Schedule;
import dev.pawl.manifest.ir.Webhook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what drives commands from outside an entity: sagas, schedules, webhooks; and the roles that may. */
final class OperationsParser {
    private static final Map<String, Double> UNITS = Map.ofEntries(
            Map.entry("ms", 1.0),
            Map.entry("millisecond", 1.0),
            Map.entry("milliseconds", 1.0),
            Map.entry("s", 1000.0),
            Map.entry("second", 1000.0),
            Map.entry("seconds", 1000.0),
            Map.entry("m", 60_000.0),
            Map.entry("min", 60_000.0),
            Map.entry("minute", 60_000.0),
            Map.entry("minutes", 60_000.0),
            Map.entry("h", 3_600_000.0),
            Map.entry("hour", 3_600_000.0),
            Map.entry("hours", 3_600_000.0),
            Map.entry("d", 86_400_000.0),
            Map.entry("day", 86_400_000.0),
            Map.entry("days", 86_400_000.0));

    private final TokenCursor cursor;
    private final PropertyParser properties;
    private final CommandParser commands;

    OperationsParser(TokenCursor cursor, PropertyParser properties, CommandParser commands) {
        this.cursor = cursor;
        this.properties = properties;
        this.commands = commands;
    }

    /** A command, with its entity where it has one. */
    private record Target(@Nullable String entity, String command) {}

    private Target target() {
        String first = cursor.reference("a command");
        return cursor.accept(".") ? new Target(first, cursor.reference("a command")) : new Target(null, first);
    }

    private Target entityTarget() {
        Position at = cursor.here();
        Target target = target();
        if (target.entity() == null) {
            throw cursor.failure("A saga step names its command as Entity.command, not '" + target.command() + "'", at);
        }
        return target;
    }

    Ast.Located<Saga> saga(@Nullable String module) {
        Position at = cursor.here();
        cursor.expectWord("saga");
        String name = cursor.name("a saga name");
        List<Saga.Step> steps = new ArrayList<>();
        List<String> emits = new ArrayList<>();
        List<Saga.OnFailure> onFailure = new ArrayList<>();
        cursor.block(() -> {
            if (cursor.acceptWord("step")) {
                steps.add(step());
            } else if (cursor.acceptWord("emit")) {
                emits.add(cursor.reference("an event"));
            } else if (cursor.acceptWord("on_failure") || cursor.acceptWord("onFailure")) {
                cursor.accept(":");
                onFailure.add(properties.oneOf(
                        PropertyParser.byText(Saga.OnFailure.values(), Saga.OnFailure::text), "what to do on failure"));
            } else {
                throw cursor.unknown("saga '" + name + "'", List.of("step", "emit", "on_failure"));
            }
        });
        return new Ast.Located<>(
                new Saga(
                        name, module, steps, onFailure.isEmpty() ? Saga.OnFailure.COMPENSATE : onFailure.get(0), emits),
                at);
    }

    private Saga.Step step() {
        Position at = cursor.here();
        String name = cursor.name("a step name");
        List<Target> forward = new ArrayList<>();
        List<Target> back = new ArrayList<>();
        cursor.settings(
                "step '" + name + "'",
                Map.of(
                        "command", () -> forward.add(entityTarget()),
                        "compensate", () -> back.add(entityTarget())),
                Set.of());
        if (forward.isEmpty()) {
            throw cursor.failure("Step '" + name + "' must have a command", at);
        }
        @Nullable Target compensation = back.isEmpty() ? null : back.get(0);
        return new Saga.Step(
                name,
                String.valueOf(forward.get(0).entity()),
                forward.get(0).command(),
                compensation == null ? null : compensation.entity(),
                compensation == null ? null : compensation.command());
    }

    Ast.Located<Role> role(@Nullable String module) {
        Position at = cursor.here();
        cursor.expectWord("role");
        String name = cursor.name("a role name");
        @Nullable String parent = cursor.acceptWord("extends") ? cursor.reference("a role") : null;
        List<Role.Permission> allow = new ArrayList<>();
        List<Role.Permission> deny = new ArrayList<>();
        if (cursor.at("{")) {
            cursor.block(() -> {
                if (cursor.acceptWord("allow")) {
                    permissions(allow);
                } else if (cursor.acceptWord("deny")) {
                    permissions(deny);
                } else {
                    throw cursor.unknown("role '" + name + "'", List.of("allow", "deny"));
                }
            });
        }
        return new Ast.Located<>(new Role(name, module, parent, allow, deny, List.of()), at);
    }

    private void permissions(List<Role.Permission> permissions) {
        do {
            String action = cursor.expectWordOrString("an action");
            cursor.acceptWord("on");
            StringBuilder target = new StringBuilder();
            if (cursor.peek().is(Token.Kind.WORD) || cursor.peek().is(Token.Kind.STRING)) {
                target.append(cursor.advance().text());
                while (cursor.accept(".")) {
                    target.append('.').append(cursor.reference("a name"));
                }
            }
            permissions.add(new Role.Permission(action, target.isEmpty() ? null : target.toString()));
        } while (cursor.accept(","));
    }

    Ast.Located<Webhook> webhook(@Nullable String module) {
        Position at = cursor.here();
        cursor.expectWord("webhook");
        String name = cursor.name("a webhook name");
        @Nullable String method = null;
        if (cursor.peek().is(Token.Kind.WORD) && cursor.peek(1).is(Token.Kind.STRING)) {
            method = cursor.advance().text();
        }
        String path = cursor.expectString("a path");
        if (cursor.peek().is(Token.Kind.WORD)
                && !cursor.atWord("run")
                && cursor.peek(1).isWord("run")) {
            method = cursor.advance().text();
        }
        cursor.skipNewlines();
        cursor.expectWord("run");
        Target target = target();
        Webhook.@Nullable Signature signature = null;
        @Nullable String idempotencyHeader = null;
        List<NamedExpression> transform = new ArrayList<>();
        while (true) {
            Token clause = cursor.peekPastNewlines();
            if (clause.isWord("signature")) {
                skipTo();
                signature = signature();
            } else if (clause.isWord("idempotencyHeader")) {
                skipTo();
                idempotencyHeader = cursor.expectString("a header");
            } else if (clause.isWord("transform")) {
                skipTo();
                transform.addAll(commands.namedExpressions());
            } else if (clause.isWord("method")) {
                skipTo();
                method = cursor.expectWordOrString("an HTTP method");
            } else {
                return new Ast.Located<>(
                        new Webhook(
                                name,
                                module,
                                path,
                                method,
                                target.command(),
                                target.entity(),
                                signature,
                                idempotencyHeader,
                                transform),
                        at);
            }
        }
    }

    private void skipTo() {
        cursor.skipNewlines();
        cursor.advance();
        cursor.accept(":");
        cursor.skipNewlinesIfExtended();
    }

    private Webhook.Signature signature() {
        Position at = cursor.here();
        Map<String, String> texts = new HashMap<>();
        List<Webhook.Algorithm> algorithm = new ArrayList<>();
        List<Webhook.Scheme> scheme = new ArrayList<>();
        List<Double> tolerance = new ArrayList<>();
        Map<String, TokenCursor.Statement> readers = new HashMap<>();
        readers.put(
                "algorithm",
                () -> algorithm.add(properties.oneOf(
                        PropertyParser.byText(Webhook.Algorithm.values(), Webhook.Algorithm::text), "an algorithm")));
        readers.put(
                "scheme",
                () -> scheme.add(properties.oneOf(
                        PropertyParser.byText(Webhook.Scheme.values(), Webhook.Scheme::text), "a scheme")));
        readers.put("header", () -> texts.put("header", cursor.expectString("a header")));
        readers.put("secret", () -> texts.put("secret", commands.path()));
        readers.put("toleranceSeconds", () -> tolerance.add(cursor.expectNumber("seconds")));
        cursor.settings("signature", readers, Set.of());
        @Nullable String header = texts.get("header");
        @Nullable String secret = texts.get("secret");
        if (algorithm.isEmpty() || header == null || secret == null) {
            throw cursor.failure("A signature must say algorithm, header and secret", at);
        }
        return new Webhook.Signature(
                algorithm.get(0),
                header,
                secret,
                scheme.isEmpty() ? null : scheme.get(0),
                tolerance.isEmpty() ? null : tolerance.get(0));
    }

    private static final class ScheduleDraft {
        @Nullable
        Target target;

        Schedule.@Nullable Trigger trigger;
        final List<NamedExpression> params = new ArrayList<>();
    }

    /** {@code schedule Name cron "..." | every 5 minutes | interval 60000 run Entity.command [params {...}]}, or a block. */
    Ast.Located<Schedule> schedule(@Nullable String module) {
        Position at = cursor.here();
        cursor.expectWord("schedule");
        String name = cursor.name("a schedule name");
        ScheduleDraft draft = new ScheduleDraft();
        cursor.accept(":");
        if (cursor.at("{")) {
            cursor.block(() -> {
                if (!scheduleClause(draft)) {
                    throw cursor.unknown(
                            "schedule '" + name + "'",
                            List.of("cron", "every", "interval", "run", "command", "params"));
                }
            });
        } else {
            while (scheduleClause(draft)) {
                continue;
            }
        }
        if (draft.target == null || draft.trigger == null) {
            throw cursor.failure(
                    "Schedule '" + name + "' must have a trigger (cron, every or interval) and a command to run", at);
        }
        return new Ast.Located<>(
                new Schedule(name, module, draft.target.entity(), draft.target.command(), draft.trigger, draft.params),
                at);
    }

    private boolean scheduleClause(ScheduleDraft draft) {
        Token clause = cursor.peekPastNewlines();
        switch (clause.is(Token.Kind.WORD) ? clause.text() : "") {
            case "cron" -> {
                skipTo();
                draft.trigger = new Schedule.Trigger(Schedule.Kind.CRON, cron(), null);
            }
            case "every" -> {
                skipTo();
                draft.trigger = new Schedule.Trigger(Schedule.Kind.EVERY, null, duration());
            }
            case "interval" -> {
                skipTo();
                draft.trigger = new Schedule.Trigger(Schedule.Kind.INTERVAL, null, duration());
            }
            case "trigger", "at" -> {
                cursor.skipNewlines();
                cursor.advance();
                cursor.accept(":");
            }
            case "run" -> {
                skipTo();
                draft.target = target();
            }
            case "command" -> {
                if (!cursor.peekAfterThat().isSymbol(":")) {
                    return false;
                }
                skipTo();
                draft.target = target();
            }
            case "params" -> {
                skipTo();
                draft.params.addAll(commands.namedExpressions());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private String cron() {
        boolean call = cursor.accept("(");
        Position at = cursor.here();
        String cron = cursor.expectString("a cron expression");
        if (call) {
            cursor.expect(")");
        }
        if (cron.trim().split("\\s+").length != 5) {
            cursor.report("Cron expression '" + cron + "' must have five fields: minute hour day month dayOfWeek", at);
        }
        return cron;
    }

    private double duration() {
        boolean call = cursor.accept("(");
        double duration;
        if (cursor.peek().is(Token.Kind.STRING)) {
            duration = quotedDuration();
        } else {
            duration = cursor.expectNumber("a duration");
            if (cursor.peek().is(Token.Kind.WORD)
                    && UNITS.containsKey(cursor.peek().text())) {
                duration *= UNITS.get(cursor.advance().text());
            }
        }
        if (call) {
            cursor.expect(")");
        }
        return duration;
    }

    private double quotedDuration() {
        Token token = cursor.advance();
        String text = token.text().trim();
        int digits = 0;
        while (digits < text.length() && (Character.isDigit(text.charAt(digits)) || text.charAt(digits) == '.')) {
            digits++;
        }
        Double unit = digits == text.length()
                ? Double.valueOf(1)
                : UNITS.get(text.substring(digits).trim());
        if (digits == 0
                || digits > 18
                || unit == null
                || text.substring(0, digits).chars().filter(c -> c == '.').count() > 1
                || text.charAt(0) == '.') {
            throw cursor.failure(
                    "'" + text + "' is no duration; write \"5m\", \"1h\" or \"30 seconds\"", cursor.position(token));
        }
        return Double.parseDouble(text.substring(0, digits)) * unit;
    }
}
