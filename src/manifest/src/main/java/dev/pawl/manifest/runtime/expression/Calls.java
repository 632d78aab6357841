package dev.pawl.manifest.runtime.expression;

import dev.pawl.manifest.runtime.value.Absent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls of builtins, of builtins written as methods, of functions; and the aggregation over an entity's rows. */
final class Calls {
    private Calls() {}

    static final class BuiltinCall extends Code {
        private final Builtin builtin;
        private final Code[] arguments;

        BuiltinCall(Builtin builtin, Code[] arguments) {
            this.builtin = builtin;
            this.arguments = arguments;
        }

        @Override
        Object compute(Frame frame) {
            Object[] values = new Object[arguments.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments[i].value(frame);
            }
            return builtin.call(frame.evaluation(), values);
        }
    }

    /** {@code tags.contains("x")}: the receiver is the builtin's first argument. */
    static final class MethodCall extends Code {
        private final Code receiver;
        private final Builtin builtin;
        private final Code[] arguments;

        MethodCall(Code receiver, Builtin builtin, Code[] arguments) {
            this.receiver = receiver;
            this.builtin = builtin;
            this.arguments = arguments;
        }

        @Override
        Object compute(Frame frame) {
            Object[] values = new Object[arguments.length + 1];
            values[0] = receiver.value(frame);
            for (int i = 0; i < arguments.length; i++) {
                values[i + 1] = arguments[i].value(frame);
            }
            if (!(values[0] instanceof List<?> || values[0] instanceof String)) {
                return Absent.UNDEFINED;
            }
            return builtin.call(frame.evaluation(), values);
        }
    }

    static final class LambdaCall extends Code {
        private final Code callee;
        private final Code[] arguments;

        LambdaCall(Code callee, Code[] arguments) {
            this.callee = callee;
            this.arguments = arguments;
        }

        @Override
        Object compute(Frame frame) {
            Object function = callee.value(frame);
            Object[] values = new Object[arguments.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments[i].value(frame);
            }
            return function instanceof Lambda lambda ? lambda.apply(values) : Absent.UNDEFINED;
        }
    }

    static final class LambdaValue extends Code {
        private final int[] parameters;
        private final Code body;

        LambdaValue(int[] parameters, Code body) {
            this.parameters = parameters;
            this.body = body;
        }

        @Override
        Object compute(Frame frame) {
            return new Lambda(frame, parameters, body);
        }
    }

    static final class RowAggregate extends Code {
        private final String entity;
        private final String[] fields;
        private final Code[] values;
        private final @Nullable String summed;

        /** Sums the field {@code summed}; without it, counts. */
        RowAggregate(String entity, String[] fields, Code[] values, @Nullable String summed) {
            this.entity = entity;
            this.fields = fields;
            this.values = values;
            this.summed = summed;
        }

        @Override
        Object compute(Frame frame) {
            Map<String, Object> equal = new LinkedHashMap<>();
            for (int i = 0; i < fields.length; i++) {
                equal.put(fields[i], values[i].value(frame));
            }
            List<EntityRecord> rows = frame.evaluation().surroundings().rows(entity, equal);
            frame.evaluation().charge(rows.size());
            if (summed == null) {
                return (double) rows.size();
            }
            double sum = 0;
            for (EntityRecord row : rows) {
                if (row.get(summed) instanceof Double number && Double.isFinite(number)) {
                    sum += number;
                }
            }
            return sum;
        }
    }
}
