package dev.pawl.manifest.runtime.expression;

import static dev.pawl.manifest.runtime.expression.Builtin.argument;

import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Functions on text. */
final class TextBuiltins {
    private static final int KEPT_PATTERNS = 500;
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();
    private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}_]+");

    private TextBuiltins() {}

    static void register(Map<String, Builtin> builtins) {
        builtins.put("trim", (evaluation, arguments) -> {
            Object value = argument(arguments, 0);
            return value instanceof String text ? text.strip() : value;
        });
        builtins.put("split", TextBuiltins::split);
        builtins.put(
                "startsWith",
                (evaluation, arguments) -> argument(arguments, 0) instanceof String text
                        && text.startsWith(Values.toText(argument(arguments, 1))));
        builtins.put(
                "endsWith",
                (evaluation, arguments) -> argument(arguments, 0) instanceof String text
                        && text.endsWith(Values.toText(argument(arguments, 1))));
        builtins.put("replace", TextBuiltins::replace);
        builtins.put("toUpperCase", (evaluation, arguments) -> {
            Object value = argument(arguments, 0);
            return value instanceof String text ? text.toUpperCase(Locale.ROOT) : value;
        });
        builtins.put("toLowerCase", (evaluation, arguments) -> {
            Object value = argument(arguments, 0);
            return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
        });
        builtins.put("length", (evaluation, arguments) -> length(argument(arguments, 0)));
        builtins.put("substring", TextBuiltins::substring);
        builtins.put("indexOf", TextBuiltins::indexOf);
        builtins.put("matches", TextBuiltins::matches);
        builtins.put("search", TextBuiltins::search);
    }

    private static Object split(Evaluation evaluation, Object[] arguments) {
        if (!(argument(arguments, 0) instanceof String text)) {
            return new ArrayList<>();
        }
        List<Object> parts = new ArrayList<>();
        if (!(argument(arguments, 1) instanceof String separator)) {
            parts.add(text);
            return parts;
        }
        if (separator.isEmpty()) {
            text.chars().forEach(c -> parts.add(String.valueOf((char) c)));
        } else {
            int from = 0;
            for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
                parts.add(text.substring(from, at));
                from = at + separator.length();
            }
            parts.add(text.substring(from));
        }
        evaluation.charge(parts.size());
        return parts;
    }

    private static Object replace(Evaluation evaluation, Object[] arguments) {
        Object value = argument(arguments, 0);
        if (!(value instanceof String text)) {
            return value;
        }
        return text.replace(Values.toText(argument(arguments, 1)), Values.toText(argument(arguments, 2)));
    }

    private static Object length(Object value) {
        if (value instanceof String text) {
            return (double) text.length();
        }
        if (value instanceof List<?> list) {
            return (double) list.size();
        }
        return 0d;
    }

    private static Object substring(Evaluation evaluation, Object[] arguments) {
        Object value = argument(arguments, 0);
        if (!(value instanceof String text)) {
            return value;
        }
        int start = index(argument(arguments, 1), text, 0);
        int end = index(argument(arguments, 2), text, text.length());
        return text.substring(Math.min(start, end), Math.max(start, end));
    }

    private static int index(Object given, String text, int otherwise) {
        if (given == Absent.UNDEFINED) {
            return otherwise;
        }
        double index = Values.toNumber(given);
        return Double.isNaN(index) ? 0 : (int) Math.max(0, Math.min(text.length(), index));
    }

    private static Object indexOf(Evaluation evaluation, Object[] arguments) {
        Object container = argument(arguments, 0);
        Object searched = argument(arguments, 1);
        if (container instanceof String text) {
            return (double) text.indexOf(Values.toText(searched));
        }
        if (container instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                if (Values.strictlyEqual(list.get(i), searched)) {
                    return (double) i;
                }
            }
        }
        return -1d;
    }

    private static Object matches(Evaluation evaluation, Object[] arguments) {
        if (!(argument(arguments, 0) instanceof String text) || !(argument(arguments, 1) instanceof String regex)) {
            return Boolean.FALSE;
        }
        Pattern pattern = pattern(regex);
        return pattern != null
                && pattern.matcher(new ChargedText(text, evaluation)).find();
    }

    private static @Nullable Pattern pattern(String regex) {
        Pattern known = PATTERNS.get(regex);
        if (known != null) {
            return known;
        }
        try {
            Pattern compiled = Pattern.compile(regex);
            if (PATTERNS.size() < KEPT_PATTERNS) {
                PATTERNS.put(regex, compiled);
            }
            return compiled;
        } catch (PatternSyntaxException invalid) {
            // An invalid pattern matches nothing: that is its published meaning, not an error.
            return null;
        }
    }

    private static Object search(Evaluation evaluation, Object[] arguments) {
        if (!(argument(arguments, 0) instanceof String text)
                || !(argument(arguments, 1) instanceof String query)
                || query.isBlank()) {
            return Boolean.FALSE;
        }
        Set<String> words = new HashSet<>(List.of(WORDS.split(text.toLowerCase(Locale.ROOT))));
        evaluation.charge(words.size());
        for (String word : query.strip().toLowerCase(Locale.ROOT).split("\\s+")) {
            if (!words.contains(word)) {
                return Boolean.FALSE;
            }
        }
        return Boolean.TRUE;
    }
}
