package dev.pawl.manifest.runtime.expression;

import static dev.pawl.manifest.runtime.expression.Builtin.argument;

import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.Values;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Functions on numbers. */
final class NumberBuiltins {
    private NumberBuiltins() {}

    static void register(Map<String, Builtin> builtins) {
        builtins.put("abs", onNumber(Math::abs));
        builtins.put("round", onNumber(NumberBuiltins::round));
        builtins.put("floor", onNumber(Math::floor));
        builtins.put("ceil", onNumber(Math::ceil));
        builtins.put("min", (evaluation, arguments) -> extreme(arguments, true));
        builtins.put("max", (evaluation, arguments) -> extreme(arguments, false));
        builtins.put("between", NumberBuiltins::between);
    }

    /** Halves go up, towards positive infinity. */
    private static double round(double number) {
        return Double.isInfinite(number) || Math.abs(number) >= 1L << 52 ? number : Math.floor(number + 0.5);
    }

    private static Builtin onNumber(DoubleUnaryOperator operation) {
        return (evaluation, arguments) -> {
            Object value = argument(arguments, 0);
            return value instanceof Double number ? operation.applyAsDouble(number) : value;
        };
    }

    private static Object extreme(Object[] arguments, boolean least) {
        Object found = Absent.UNDEFINED;
        for (Object argument : arguments) {
            if (argument instanceof Double number
                    && !number.isNaN()
                    && (found == Absent.UNDEFINED || (least ? number < (Double) found : number > (Double) found))) {
                found = number;
            }
        }
        return found;
    }

    private static Object between(Evaluation evaluation, Object[] arguments) {
        double value = Values.toNumber(argument(arguments, 0));
        return value >= Values.toNumber(argument(arguments, 1)) && value <= Values.toNumber(argument(arguments, 2));
    }
}
