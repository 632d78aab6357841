package dev.pawl.liberty.driver;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * A connection on which an XA branch begins in the database together with its first statement. The driver sends {@code BEGIN} on its
 * own when a branch starts, which is one more way to the database and back; without automatic commits it puts it before the
 * first statement instead. Whoever asks does not see that they are off, as the driver's own branches do not show it either.
 */
final class LateBegin implements InvocationHandler {

    private static final String BEGIN = "BEGIN";
    private static final String COMMIT = "COMMIT";
    private static final String PREPARE = "PREPARE TRANSACTION";

    /** What the driver refuses within a transaction. */
    private static final Set<String> OUTSIDE = Set.of("setReadOnly", "setTransactionIsolation");

    private final BaseConnection connection;
    private boolean isLate;

    private LateBegin(BaseConnection connection) {
        this.connection = connection;
    }

    static BaseConnection on(BaseConnection connection) {
        return (BaseConnection) Proxy.newProxyInstance(
                LateBegin.class.getClassLoader(), new Class<?>[] {BaseConnection.class}, new LateBegin(connection));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (arguments != null && method.getName().equals("execSQLUpdate")) {
            execute(String.valueOf(arguments[0]));
            return null;
        }
        if (isLate && method.getName().equals("getAutoCommit")) {
            return true;
        }
        if (isLate && OUTSIDE.contains(method.getName())) {
            begin();
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** What the driver sends in the name of a transaction manager. */
    private void execute(String command) throws SQLException {
        if (command.equals(BEGIN) && isIdle() && (isLate || connection.getAutoCommit())) {
            connection.setAutoCommit(false);
            isLate = true;
        } else if (isLate) {
            end(command);
        } else {
            connection.execSQLUpdate(command);
        }
    }

    /** A branch without a statement never began, so there is nothing to end; prepared, it is something to be asked for. */
    private void end(String command) throws SQLException {
        if (command.startsWith(PREPARE)) {
            begin();
        }
        try {
            if (!isIdle()) {
                connection.execSQLUpdate(command);
            } else if (command.equals(COMMIT) && connection.isClosed()) {
                throw new PSQLException("The connection broke within the branch", PSQLState.CONNECTION_DOES_NOT_EXIST);
            }
        } finally {
            if (isIdle() && !connection.isClosed()) {
                isLate = false;
                connection.setAutoCommit(true);
            }
        }
    }

    private void begin() throws SQLException {
        if (isIdle()) {
            connection.execSQLUpdate(BEGIN);
        }
    }

    private boolean isIdle() {
        return connection.getTransactionState() == TransactionState.IDLE;
    }
}
