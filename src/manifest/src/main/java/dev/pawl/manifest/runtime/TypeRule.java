package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.EnumType;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Type;
import dev.pawl.manifest.ir.ValueObject;
import dev.pawl.manifest.runtime.expression.DateBuiltins;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.Values;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a declared type asks of a value. Absent values pass: whether a value must be there is another question. */
final class TypeRule {
    private static final Set<String> NUMBERS = Set.of("number", "float", "double", "decimal", "money");

    private final Type type;
    private final Kind kind;
    private final @Nullable TypeRule element;
    private final Set<String> words;
    private final @Nullable DecimalRule decimal;

    private enum Kind {
        TEXT("a string"),
        NUMBER("a number"),
        WHOLE_NUMBER("a whole number"),
        BOOLEAN("true or false"),
        LIST("an array"),
        MAP("an object"),
        DATE("a date as YYYY-MM-DD"),
        TIME("a time as HH:MM:SS"),
        DATETIME("a point in time in milliseconds since 1970"),
        DURATION("a duration in milliseconds"),
        WORD("one of"),
        ANYTHING("anything");

        private final String wanted;

        Kind(String wanted) {
            this.wanted = wanted;
        }
    }

    private TypeRule(Type type, Kind kind, @Nullable TypeRule element, Set<String> words) {
        this.type = type;
        this.kind = kind;
        this.element = element;
        this.words = words;
        this.decimal = kind == Kind.NUMBER ? DecimalRule.of(type) : null;
    }

    static TypeRule of(Type type, Ir program) {
        TypeRule element = type.generic() == null ? null : of(type.generic(), program);
        Set<String> words = program.enums().stream()
                .filter(declared -> declared.name().equals(type.name()))
                .flatMap(declared -> declared.values().stream())
                .map(EnumType.Member::name)
                .collect(Collectors.toUnmodifiableSet());
        boolean composite = program.values().stream().map(ValueObject::name).anyMatch(type.name()::equals);
        Kind kind = !words.isEmpty() ? Kind.WORD : composite ? Kind.MAP : builtin(type.name());
        return new TypeRule(type, kind, element, words);
    }

    private static Kind builtin(String name) {
        if (NUMBERS.contains(name)) {
            return Kind.NUMBER;
        }
        return switch (name) {
            case "string", "text" -> Kind.TEXT;
            case "int", "integer" -> Kind.WHOLE_NUMBER;
            case "boolean", "bool" -> Kind.BOOLEAN;
            case "list", "array" -> Kind.LIST;
            case "map", "object" -> Kind.MAP;
            case "date" -> Kind.DATE;
            case "time" -> Kind.TIME;
            case "datetime", "timestamp" -> Kind.DATETIME;
            case "duration" -> Kind.DURATION;
            default -> Kind.ANYTHING;
        };
    }

    /** Whether the type is one of the dates and times, which every grammar checks. */
    boolean isTemporal() {
        return kind == Kind.DATE || kind == Kind.TIME || kind == Kind.DATETIME || kind == Kind.DURATION;
    }

    /** The code of the constraint outcome that reports a wrong value. */
    String code() {
        return isTemporal() ? "E_TYPE_" + kind.name() : "E_TYPE";
    }

    /** What is wrong with the value; empty when nothing is. */
    Optional<String> problem(Object value) {
        if (value instanceof Absent) {
            return Optional.empty();
        }
        if (accepts(value)) {
            return decimal == null
                    ? Optional.empty()
                    : decimal.problem((Double) value).map(wanted -> "must be " + wanted + ", got " + describe(value));
        }
        String wanted = kind == Kind.WORD ? "one of " + words.stream().sorted().toList() : kind.wanted;
        return Optional.of("must be " + wanted + ", got " + describe(value));
    }

    /** The value as a property of this type keeps it. */
    Object kept(Object value) {
        return decimal != null && value instanceof Double number ? (Object) decimal.rounded(number) : value;
    }

    /** Whether a property of this type keeps every value as it is. */
    boolean keepsAll() {
        return decimal == null;
    }

    private boolean accepts(Object value) {
        return switch (kind) {
            case TEXT -> value instanceof String;
            case NUMBER, DURATION -> isFinite(value);
            case WHOLE_NUMBER -> isFinite(value) && Math.rint((Double) value) == (Double) value;
            case BOOLEAN -> value instanceof Boolean;
            case LIST -> value instanceof List<?> list && elementsAccepted(list);
            case MAP -> value instanceof Map<?, ?>;
            case DATE -> value instanceof String text && DateBuiltins.isDate(text);
            case TIME -> value instanceof String text && DateBuiltins.isTime(text);
            case DATETIME -> isFinite(value) && Math.abs((Double) value) <= DateBuiltins.FARTHEST;
            case WORD -> value instanceof String word && words.contains(word);
            case ANYTHING -> true;
        };
    }

    private boolean elementsAccepted(List<?> list) {
        if (element == null) {
            return true;
        }
        for (Object part : list) {
            if (element.problem(part).isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** The value a property of this type starts with when nothing else says. */
    Object initialValue() {
        if (type.nullable()) {
            return Absent.NULL;
        }
        return switch (kind) {
            case TEXT -> "";
            case NUMBER, WHOLE_NUMBER -> 0d;
            case BOOLEAN -> Boolean.FALSE;
            case LIST -> new ArrayList<>();
            default -> type.name().equals("map") ? Map.of() : Absent.NULL;
        };
    }

    /** The current moment as a value of this type. */
    Object at(Instant now) {
        return switch (kind) {
            case DATE -> now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
            case TIME -> DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).format(now.atOffset(ZoneOffset.UTC));
            default -> (double) now.toEpochMilli();
        };
    }

    private static boolean isFinite(Object value) {
        return value instanceof Double number && Double.isFinite(number);
    }

    private static String describe(Object value) {
        if (value instanceof String text) {
            return "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
        }
        if (value instanceof List<?>) {
            return "an array";
        }
        return value instanceof Double || value instanceof Boolean ? Values.toText(value) : "an object";
    }
}
