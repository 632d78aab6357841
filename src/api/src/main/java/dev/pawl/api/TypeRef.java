package dev.pawl.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type that a class object cannot name, a list of orders for instance: {@code TypeRef.listOf(Order.class)}, or {@code new
 * TypeRef<Map<String, List<Order>>>() {}}.
 */
public abstract class TypeRef<T> {

    private final Type type;

    /** For anonymous subclasses, which say what {@code T} is. */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType self)) {
            throw new IllegalArgumentException("A TypeRef names its type: new TypeRef<List<Order>>() {}");
        }
        this.type = self.getActualTypeArguments()[0];
    }

    private TypeRef(Type type) {
        this.type = type;
    }

    public static <T> TypeRef<T> of(Class<T> type) {
        return new Known<>(type);
    }

    public static <T> TypeRef<List<T>> listOf(Class<T> element) {
        return new Known<>(new Parameterized(List.class, List.of(element)));
    }

    /** A map with text keys. */
    public static <T> TypeRef<Map<String, T>> mapOf(Class<T> value) {
        return new Known<>(new Parameterized(Map.class, List.of(String.class, value)));
    }

    public final Type type() {
        return type;
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }

    private static final class Known<T> extends TypeRef<T> {
        Known(Type type) {
            super(type);
        }
    }

    private record Parameterized(Class<?> raw, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }

        @Override
        public String getTypeName() {
            return raw.getSimpleName() + arguments;
        }
    }
}
