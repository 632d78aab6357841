package dev.pawl.manifest.runtime.expression;

import static dev.pawl.manifest.runtime.expression.Builtin.argument;

import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions every program can call, by name. */
public final class Builtins {
    private static final Map<String, Builtin> BY_NAME = new HashMap<>();
    private static final Map<String, Builtin> METHODS = new HashMap<>();

    static {
        TextBuiltins.register(BY_NAME);
        NumberBuiltins.register(BY_NAME);
        ListBuiltins.register(BY_NAME);
        DateBuiltins.register(BY_NAME);
        BY_NAME.put("now", (evaluation, arguments) -> evaluation.surroundings().now());
        BY_NAME.put(
                "today",
                (evaluation, arguments) ->
                        DateBuiltins.dateOf(evaluation.surroundings().now()));
        BY_NAME.put("uuid", (evaluation, arguments) -> evaluation.surroundings().newId());
        BY_NAME.put("flag", Builtins::flag);
        BY_NAME.put("hasPermission", Builtins::hasPermission);
        BY_NAME.put("roleAllows", Builtins::roleAllows);
        BY_NAME.put("isEmpty", (evaluation, arguments) -> isEmpty(argument(arguments, 0)));
        for (String method : List.of(
                "trim",
                "split",
                "startsWith",
                "endsWith",
                "replace",
                "toUpperCase",
                "toLowerCase",
                "substring",
                "indexOf",
                "matches",
                "filter",
                "map",
                "isEmpty")) {
            METHODS.put(method, BY_NAME.get(method));
        }
        Builtin contains = (evaluation, arguments) -> Values.contains(argument(arguments, 0), argument(arguments, 1));
        METHODS.put("contains", contains);
        METHODS.put("includes", contains);
        METHODS.put("length", BY_NAME.get("length"));
    }

    private Builtins() {}

    static @Nullable Builtin named(String name) {
        return BY_NAME.get(name);
    }

    static @Nullable Builtin method(String name) {
        return METHODS.get(name);
    }

    /** Whether there is nothing in it: absent, an empty text, an empty list or an empty map. */
    static boolean isEmpty(Object value) {
        return value instanceof Absent
                || (value instanceof String text && text.isEmpty())
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    private static Object flag(Evaluation evaluation, Object[] arguments) {
        return argument(arguments, 0) instanceof String name
                ? evaluation.surroundings().flag(name)
                : Boolean.FALSE;
    }

    /** The caller's role, or one of the caller's roles, allows the action. */
    private static Object hasPermission(Evaluation evaluation, Object[] arguments) {
        if (!(evaluation.user() instanceof Map<?, ?> user) || !(argument(arguments, 0) instanceof String action)) {
            return Boolean.FALSE;
        }
        if (user.get("role") instanceof String role && permits(evaluation, role, action, argument(arguments, 1))) {
            return Boolean.TRUE;
        }
        if (user.get("roles") instanceof List<?> roles) {
            for (Object role : roles) {
                if (role instanceof String name && permits(evaluation, name, action, argument(arguments, 1))) {
                    return Boolean.TRUE;
                }
            }
        }
        return Boolean.FALSE;
    }

    private static Object roleAllows(Evaluation evaluation, Object[] arguments) {
        return argument(arguments, 0) instanceof String role
                && argument(arguments, 1) instanceof String action
                && permits(evaluation, role, action, argument(arguments, 2));
    }

    private static boolean permits(Evaluation evaluation, String role, String action, Object target) {
        return evaluation.surroundings().permits(role, action, target instanceof String name ? name : null);
    }
}
