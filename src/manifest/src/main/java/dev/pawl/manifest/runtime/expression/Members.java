package dev.pawl.manifest.runtime.expression;

import dev.pawl.manifest.runtime.value.Absent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Access to members. The slot of a name is looked up once per shape that passes by. */
final class Members {
    private Members() {}

    static final class MemberAccess extends Code {
        private final Code object;
        private final String name;
        private @Nullable SeenSlot seen;

        MemberAccess(Code object, String name) {
            this.object = object;
            this.name = name;
        }

        @Override
        Object compute(Frame frame) {
            Object target = object.value(frame);
            if (target instanceof EntityRecord record) {
                SeenSlot last = seen;
                if (last == null || last.shape != record.shape()) {
                    last = new SeenSlot(record.shape(), record.shape().slot(name));
                    seen = last;
                }
                return last.slot >= 0 ? record.get(last.slot) : record.member(name, frame.evaluation());
            }
            return of(target, name);
        }
    }

    /** A bare name that is a member of the instance. */
    static final class OwnMember extends Code {
        private final String name;
        private @Nullable SeenSlot seen;

        OwnMember(String name) {
            this.name = name;
        }

        @Override
        Object compute(Frame frame) {
            if (frame.self() instanceof EntityRecord record) {
                SeenSlot last = seen;
                if (last == null || last.shape != record.shape()) {
                    last = new SeenSlot(record.shape(), record.shape().slot(name));
                    seen = last;
                }
                return last.slot >= 0 ? record.get(last.slot) : record.member(name, frame.evaluation());
            }
            Object given = frame.input().get(name);
            return given != null ? given : of(frame.self(), name);
        }
    }

    private static Object of(Object target, String name) {
        if (target instanceof Map<?, ?> map) {
            Object value = map.get(name);
            return value == null ? Absent.UNDEFINED : value;
        }
        if (name.equals("length")) {
            if (target instanceof List<?> list) {
                return (double) list.size();
            }
            if (target instanceof String text) {
                return (double) text.length();
            }
        }
        return Absent.UNDEFINED;
    }

    /** Immutable, so that a racing reader sees either the old pair or the new one. */
    private static final class SeenSlot {
        private final RecordShape shape;
        private final int slot;

        SeenSlot(RecordShape shape, int slot) {
            this.shape = shape;
            this.slot = slot;
        }
    }
}
