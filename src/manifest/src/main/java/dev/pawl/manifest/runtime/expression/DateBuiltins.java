package dev.pawl.manifest.runtime.expression;

import static dev.pawl.manifest.runtime.expression.Builtin.argument;

import dev.pawl.manifest.runtime.value.Absent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions on points in time (milliseconds since the epoch) and durations (milliseconds), all in UTC. */
public final class DateBuiltins {
    /** The farthest a point in time may be from the epoch, in milliseconds. */
    public static final double FARTHEST = 8_640_000_000_000_000d;

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME = Pattern.compile("\\d{2}:\\d{2}:\\d{2}");
    private static final DateTimeFormatter TIME_FORMAT = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final double SECOND = 1000;
    private static final double MINUTE = 60 * SECOND;
    private static final double HOUR = 60 * MINUTE;
    private static final double DAY = 24 * HOUR;

    private DateBuiltins() {}

    static void register(Map<String, Builtin> builtins) {
        builtins.put("year", part(OffsetDateTime::getYear));
        builtins.put("month", part(OffsetDateTime::getMonthValue));
        builtins.put("day", part(OffsetDateTime::getDayOfMonth));
        builtins.put("hours", part(OffsetDateTime::getHour));
        builtins.put("minutes", part(OffsetDateTime::getMinute));
        builtins.put("seconds", part(OffsetDateTime::getSecond));
        builtins.put("dateOf", (evaluation, arguments) -> dateOf(argument(arguments, 0)));
        builtins.put("timeOf", DateBuiltins::timeOf);
        builtins.put("datetimeOf", DateBuiltins::datetimeOf);
        builtins.put(
                "addDuration", (evaluation, arguments) -> combine(argument(arguments, 0), argument(arguments, 1), 1));
        builtins.put(
                "durationBetween",
                (evaluation, arguments) -> combine(argument(arguments, 1), argument(arguments, 0), -1));
        builtins.put("durationDays", times(DAY));
        builtins.put("durationHours", times(HOUR));
        builtins.put("durationMinutes", times(MINUTE));
        builtins.put("durationSeconds", times(SECOND));
    }

    /** Whether the text is a day of the calendar, as {@code YYYY-MM-DD}. */
    public static boolean isDate(String text) {
        return date(text) != null;
    }

    /** Whether the text is a time of day, as {@code HH:MM:SS}. */
    public static boolean isTime(String text) {
        return time(text) != null;
    }

    static Object dateOf(Object point) {
        OffsetDateTime at = at(point);
        return at == null ? Absent.NULL : at.toLocalDate().toString();
    }

    private static Object timeOf(Evaluation evaluation, Object[] arguments) {
        OffsetDateTime at = at(argument(arguments, 0));
        return at == null ? Absent.NULL : at.format(TIME_FORMAT);
    }

    private static Object datetimeOf(Evaluation evaluation, Object[] arguments) {
        LocalDate day = argument(arguments, 0) instanceof String text ? date(text) : null;
        Object given = argument(arguments, 1);
        LocalTime time =
                given == Absent.UNDEFINED ? LocalTime.MIDNIGHT : given instanceof String text ? time(text) : null;
        if (day == null || time == null) {
            return Absent.NULL;
        }
        return (double) day.atTime(time).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static Builtin part(ToDoubleFunction<OffsetDateTime> part) {
        return (evaluation, arguments) -> {
            OffsetDateTime at = at(argument(arguments, 0));
            return at == null ? (Object) Double.NaN : (Object) part.applyAsDouble(at);
        };
    }

    private static Builtin times(double unit) {
        return (evaluation, arguments) -> argument(arguments, 0) instanceof Double number && Double.isFinite(number)
                ? (Object) (number * unit)
                : Absent.NULL;
    }

    private static Object combine(Object left, Object right, int sign) {
        return left instanceof Double a && right instanceof Double b && Double.isFinite(a) && Double.isFinite(b)
                ? (Object) (a + sign * b)
                : Absent.NULL;
    }

    private static @Nullable OffsetDateTime at(Object point) {
        if (point instanceof Double millis && Double.isFinite(millis) && Math.abs(millis) <= FARTHEST) {
            return Instant.ofEpochMilli((long) Math.floor(millis)).atOffset(ZoneOffset.UTC);
        }
        return null;
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return DATE.matcher(text).matches() ? LocalDate.parse(text) : null;
        } catch (DateTimeException notInTheCalendar) {
            return null;
        }
    }

    private static @Nullable LocalTime time(String text) {
        try {
            return TIME.matcher(text).matches() ? LocalTime.parse(text) : null;
        } catch (DateTimeException notOnTheClock) {
            return null;
        }
    }
}
