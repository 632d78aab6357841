package dev.pawl.manifest.runtime.expression;

import static dev.pawl.manifest.runtime.expression.Builtin.argument;

import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.JsonValues;
import dev.pawl.manifest.runtime.value.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;

/** Functions on lists, most of them with a function for the elements. */
final class ListBuiltins {
    private ListBuiltins() {}

    static void register(Map<String, Builtin> builtins) {
        builtins.put("count", (evaluation, arguments) -> {
            Object value = argument(arguments, 0);
            return value instanceof List<?> list ? (Object) (double) list.size() : value;
        });
        builtins.put("sum", ListBuiltins::sum);
        builtins.put("avg", ListBuiltins::avg);
        builtins.put("min_of", (evaluation, arguments) -> fold(arguments, Math::min));
        builtins.put("max_of", (evaluation, arguments) -> fold(arguments, Math::max));
        builtins.put("count_of", ListBuiltins::countOf);
        builtins.put("filter", ListBuiltins::filter);
        builtins.put("map", ListBuiltins::map);
        builtins.put("flat_map", ListBuiltins::flatMap);
        builtins.put("unique_of", ListBuiltins::uniqueOf);
    }

    private static Object sum(Evaluation evaluation, Object[] arguments) {
        if (!(argument(arguments, 0) instanceof List<?>)) {
            return argument(arguments, 0);
        }
        double sum = 0;
        for (double number : numbers(arguments)) {
            sum += number;
        }
        return sum;
    }

    private static Object avg(Evaluation evaluation, Object[] arguments) {
        List<Double> numbers = numbers(arguments);
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return numbers.isEmpty() ? 0d : sum / numbers.size();
    }

    private static Object fold(Object[] arguments, DoubleBinaryOperator better) {
        List<Double> numbers = numbers(arguments);
        if (numbers.isEmpty()) {
            return Absent.UNDEFINED;
        }
        double best = numbers.get(0);
        for (double number : numbers) {
            best = better.applyAsDouble(best, number);
        }
        return best;
    }

    private static Object countOf(Evaluation evaluation, Object[] arguments) {
        if (!(argument(arguments, 0) instanceof List<?> list)) {
            return 0d;
        }
        return argument(arguments, 1) instanceof Lambda
                ? (double) ((List<?>) filter(evaluation, arguments)).size()
                : (double) list.size();
    }

    private static Object filter(Evaluation evaluation, Object[] arguments) {
        List<Object> kept = new ArrayList<>();
        if (argument(arguments, 0) instanceof List<?> list && argument(arguments, 1) instanceof Lambda predicate) {
            for (Object element : list) {
                if (Values.truthy(predicate.apply(element))) {
                    kept.add(element);
                }
            }
        }
        return kept;
    }

    private static Object map(Evaluation evaluation, Object[] arguments) {
        return mapped(arguments);
    }

    private static Object flatMap(Evaluation evaluation, Object[] arguments) {
        List<Object> flat = new ArrayList<>();
        for (Object result : mapped(arguments)) {
            if (result instanceof List<?> list) {
                flat.addAll(list);
            } else if (!(result instanceof Absent)) {
                flat.add(result);
            }
        }
        return flat;
    }

    private static Object uniqueOf(Evaluation evaluation, Object[] arguments) {
        List<Object> unique = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        if (argument(arguments, 0) instanceof List<?> list) {
            evaluation.charge(list.size());
            for (Object element : list) {
                if (seen.add(
                        element instanceof List<?> || element instanceof Map<?, ?>
                                ? JsonValues.toJson(element)
                                : element)) {
                    unique.add(element);
                }
            }
        }
        return unique;
    }

    /** The elements, through the function when there is one. */
    private static List<Object> mapped(Object[] arguments) {
        List<Object> results = new ArrayList<>();
        if (argument(arguments, 0) instanceof List<?> list) {
            for (Object element : list) {
                results.add(argument(arguments, 1) instanceof Lambda mapper ? mapper.apply(element) : element);
            }
        }
        return results;
    }

    private static List<Double> numbers(Object[] arguments) {
        List<Double> numbers = new ArrayList<>();
        for (Object value : mapped(arguments)) {
            if (value instanceof Double || (value instanceof String text && !text.isBlank())) {
                double number = Values.toNumber(value);
                if (!Double.isNaN(number)) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }
}
