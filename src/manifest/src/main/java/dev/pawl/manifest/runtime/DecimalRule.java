package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code decimal(precision, scale)} asks of a number: at most so many digits, of them so many behind the point. Numbers
 * are doubles, which keep 15 decimal digits exactly; what was calculated is rounded to the scale when it is written, so that
 * errors of the calculation do not stay.
 */
record DecimalRule(int precision, int scale) {

    /** The rule of a type that states a precision; without a scale, there are no digits behind the point. */
    static @Nullable DecimalRule of(Type type) {
        Type.Params params = type.params();
        if (params == null || params.precision() == null) {
            return null;
        }
        return new DecimalRule(
                params.precision().intValue(),
                params.scale() == null ? 0 : params.scale().intValue());
    }

    /** What a number must be, when this one is not. */
    Optional<String> problem(double number) {
        BigDecimal digits = BigDecimal.valueOf(number).stripTrailingZeros();
        boolean fits = digits.scale() <= scale && digits.precision() - digits.scale() <= precision - scale;
        return fits ? Optional.empty() : Optional.of(wanted());
    }

    /** The number with as many digits behind the point as there may be; halves are rounded away from zero. */
    double rounded(double number) {
        if (!Double.isFinite(number)) {
            return number;
        }
        BigDecimal digits = BigDecimal.valueOf(number);
        return digits.scale() <= scale
                ? number
                : digits.setScale(scale, RoundingMode.HALF_UP).doubleValue();
    }

    private String wanted() {
        return "a number with at most " + (precision - scale) + " digits"
                + (scale == 0 ? "" : " before and " + scale + " behind the point");
    }
}
