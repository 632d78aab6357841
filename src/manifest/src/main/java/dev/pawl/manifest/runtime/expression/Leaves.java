package dev.pawl.manifest.runtime.expression;

import dev.pawl.manifest.runtime.value.Absent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Code that starts an expression: constants, slots, the bound names, and literals of lists and maps. */
final class Leaves {
    private Leaves() {}

    static final class Constant extends Code {
        private final Object value;

        Constant(Object value) {
            this.value = value;
        }

        Object value() {
            return value;
        }

        @Override
        Object compute(Frame frame) {
            return value;
        }
    }

    static final class Local extends Code {
        private final int slot;

        Local(int slot) {
            this.slot = slot;
        }

        @Override
        Object compute(Frame frame) {
            return frame.local(slot);
        }
    }

    static final class Self extends Code {
        @Override
        Object compute(Frame frame) {
            return frame.self();
        }
    }

    static final class User extends Code {
        @Override
        Object compute(Frame frame) {
            return frame.evaluation().user();
        }
    }

    static final class Context extends Code {
        @Override
        Object compute(Frame frame) {
            return frame.evaluation().context();
        }
    }

    static final class Input extends Code {
        @Override
        Object compute(Frame frame) {
            return frame.input();
        }
    }

    /** A name no declaration explains: an undeclared input, else a member of the instance found when it runs, else undefined. */
    static final class Undeclared extends Code {
        private final String name;

        Undeclared(String name) {
            this.name = name;
        }

        @Override
        Object compute(Frame frame) {
            Object given = frame.input().get(name);
            if (given != null) {
                return given;
            }
            return frame.self() instanceof EntityRecord record
                    ? record.member(name, frame.evaluation())
                    : Absent.UNDEFINED;
        }
    }

    static final class ListOf extends Code {
        private final Code[] elements;

        ListOf(Code[] elements) {
            this.elements = elements;
        }

        @Override
        Object compute(Frame frame) {
            List<Object> list = new ArrayList<>(elements.length);
            for (Code element : elements) {
                list.add(element.value(frame));
            }
            return list;
        }
    }

    static final class MapOf extends Code {
        private final String[] keys;
        private final Code[] values;

        MapOf(String[] keys, Code[] values) {
            this.keys = keys;
            this.values = values;
        }

        @Override
        Object compute(Frame frame) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < keys.length; i++) {
                map.put(keys[i], values[i].value(frame));
            }
            return map;
        }
    }
}
