package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.Type;
import org.jspecify.annotations.Nullable;

/** Reads types: {@code string}, {@code string?}, {@code string[]}, {@code array<T>}, {@code decimal(10, 2)}. */
final class TypeParser {
    private static final int DEEPEST = 40;

    private final TokenCursor cursor;

    TypeParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    Type type() {
        return type(0);
    }

    private Type type(int depth) {
        if (depth > DEEPEST) {
            throw cursor.failure("Type is nested too deeply (more than " + DEEPEST + " levels)", cursor.here());
        }
        String name = cursor.reference("a type");
        @Nullable Type generic = null;
        Type.@Nullable Params params = null;
        if (cursor.accept("<")) {
            generic = type(depth + 1);
            if (cursor.at(",")) {
                generic = valueType(generic, depth);
            }
            cursor.expect(">");
        } else if (cursor.at("(")) {
            params = params();
        }
        Type type = new Type(name, generic, cursor.accept("?"), params);
        int dimensions = depth;
        while (cursor.at("[") && cursor.peek(1).isSymbol("]")) {
            if (++dimensions > DEEPEST) {
                throw cursor.failure("Type is nested too deeply (more than " + DEEPEST + " levels)", cursor.here());
            }
            cursor.expect("[");
            cursor.expect("]");
            type = new Type("array", type, cursor.accept("?"), null);
        }
        return type;
    }

    /** {@code map<string, T>}: keys are always texts, so the type of the values is all there is to keep. */
    private Type valueType(Type key, int depth) {
        if (!key.equals(Type.of("string"))) {
            throw cursor.failure("The keys of a map are strings, not '" + key.name() + "'", cursor.here());
        }
        cursor.expect(",");
        return type(depth + 1);
    }

    private Type.Params params() {
        cursor.expect("(");
        double precision = cursor.expectNumber("a precision");
        @Nullable Double scale = cursor.accept(",") ? cursor.expectNumber("a scale") : null;
        cursor.expect(")");
        return new Type.Params(precision, scale);
    }
}
