package dev.pawl.manifest.runtime.value;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The JavaScript rules a Manifest program relies on. */
public final class Values {
    private Values() {}

    public static boolean isNullish(Object value) {
        return value instanceof Absent;
    }

    public static boolean truthy(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Double number) {
            return number != 0 && !number.isNaN();
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        return !(value instanceof Absent);
    }

    /** {@code ==}: undefined equals null, numbers equal their text, booleans count as 0 and 1. */
    public static boolean looselyEqual(Object left, Object right) {
        if (left instanceof Absent || right instanceof Absent) {
            return left instanceof Absent && right instanceof Absent;
        }
        if (left instanceof String a && right instanceof String b) {
            return a.equals(b);
        }
        if (left instanceof Double a && right instanceof Double b) {
            return a.doubleValue() == b.doubleValue();
        }
        if (left instanceof Boolean a && right instanceof Boolean b) {
            return a.equals(b);
        }
        boolean leftPrimitive = isPrimitive(left);
        boolean rightPrimitive = isPrimitive(right);
        if (leftPrimitive && rightPrimitive) {
            return toNumber(left) == toNumber(right);
        }
        if (leftPrimitive != rightPrimitive) {
            return leftPrimitive ? looselyEqual(left, toText(right)) : looselyEqual(toText(left), right);
        }
        return left == right || (left instanceof Fields && left.equals(right));
    }

    /** Equality without conversion, as membership uses it; NaN is a member of a list that holds NaN. */
    public static boolean strictlyEqual(Object left, Object right) {
        if (isPrimitive(left) || left instanceof Absent) {
            return left.equals(right) || (left instanceof Double a && right instanceof Double b && a == 0 && b == 0);
        }
        return left == right || (left instanceof Fields && left.equals(right));
    }

    /** {@code container contains member}: an element of a list, a part of a text. */
    public static boolean contains(Object container, Object member) {
        if (container instanceof List<?> list) {
            for (Object element : list) {
                if (strictlyEqual(element, member)) {
                    return true;
                }
            }
            return false;
        }
        return container instanceof String text && text.contains(toText(member));
    }

    public static double toNumber(Object value) {
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof String text) {
            return NumberText.parse(text);
        }
        if (value instanceof Absent absent) {
            return absent == Absent.NULL ? 0 : Double.NaN;
        }
        if (value instanceof List<?>) {
            return NumberText.parse(toText(value));
        }
        return Double.NaN;
    }

    public static String toText(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Double number) {
            return NumberText.of(number);
        }
        if (value instanceof List<?> list) {
            StringJoiner joined = new StringJoiner(",");
            for (Object element : list) {
                joined.add(element instanceof Absent ? "" : toText(element));
            }
            return joined.toString();
        }
        if (value instanceof Map<?, ?> || value instanceof Fields) {
            return "[object Object]";
        }
        return value.toString();
    }

    /** {@code +}: joins when either side is text, adds otherwise. */
    public static Object add(Object left, Object right) {
        if (left instanceof Double a && right instanceof Double b) {
            return a + b;
        }
        if (left instanceof String || right instanceof String) {
            return toText(left).concat(toText(right));
        }
        return toNumber(left) + toNumber(right);
    }

    /**
     * The order of two values: negative, zero or positive, {@link Comparison#UNORDERED} when a side is not a number.
     * Two texts compare by their characters, everything else as numbers.
     */
    public static Comparison compare(Object left, Object right) {
        if (left instanceof String a && right instanceof String b) {
            return Comparison.of(a.compareTo(b));
        }
        double a = toNumber(left);
        double b = toNumber(right);
        if (a < b) {
            return Comparison.LESS;
        }
        if (a > b) {
            return Comparison.GREATER;
        }
        return a == b ? Comparison.EQUAL : Comparison.UNORDERED;
    }

    private static boolean isPrimitive(Object value) {
        return value instanceof Double || value instanceof String || value instanceof Boolean;
    }

    /** How one value stands to another; NaN stands in no order to anything. */
    public enum Comparison {
        LESS,
        EQUAL,
        GREATER,
        UNORDERED;

        static Comparison of(int order) {
            return order < 0 ? LESS : order > 0 ? GREATER : EQUAL;
        }
    }
}
