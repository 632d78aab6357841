package dev.pawl.ejb.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** A data source that notes every statement executed through it. */
final class CountedStatements {

    private final List<String> executed = new CopyOnWriteArrayList<>();
    private final DataSource counted;

    CountedStatements(DataSource database) {
        counted = wrap(DataSource.class, (proxy, method, arguments) -> {
            Object result = invoke(database, method, arguments);
            return result instanceof Connection connection ? counted(connection) : result;
        });
    }

    DataSource dataSource() {
        return counted;
    }

    /** What was executed since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(executed);
        executed.clear();
        return taken;
    }

    private Connection counted(Connection connection) {
        return wrap(Connection.class, (proxy, method, arguments) -> {
            Object result = invoke(connection, method, arguments);
            return result instanceof PreparedStatement statement ? counted(statement, (String) arguments[0]) : result;
        });
    }

    private PreparedStatement counted(PreparedStatement statement, String sql) {
        return wrap(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().equals("addBatch") || method.getName().equals("executeBatch")) {
                throw new AssertionError("A batch costs one statement per row: " + sql);
            }
            if (method.getName().startsWith("execute")) {
                executed.add(sql);
            }
            return invoke(statement, method, arguments);
        });
    }

    private static <T> T wrap(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
