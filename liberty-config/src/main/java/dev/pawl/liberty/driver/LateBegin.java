package dev.pawl.liberty.driver;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * A connection on which an XA branch begins in the database together with its first statement. The driver sends {@code BEGIN} on its
 * own when a branch starts, which is one more way to the database and back; without automatic commits it puts it before the
 * first statement instead. Whoever asks does not see that they are off, as the driver's own branches do not show it either.
 */
final class LateBegin implements InvocationHandler {

    private static final String BEGIN = "BEGIN";
    private static final String PREPARE = "PREPARE TRANSACTION";

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
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** What the driver sends in the name of a transaction manager. */
    private void execute(String command) throws SQLException {
        if (command.equals(BEGIN) && connection.getAutoCommit() && isIdle()) {
            connection.setAutoCommit(false);
            isLate = true;
        } else if (isLate) {
            end(command);
        } else {
            connection.execSQLUpdate(command);
        }
    }

    /** A branch without a statement never began, so there is nothing to commit; prepared, it is something to be asked for. */
    private void end(String command) throws SQLException {
        boolean isPrepared = command.startsWith(PREPARE);
        if (isPrepared && isIdle()) {
            connection.execSQLUpdate(BEGIN);
        }
        try {
            if (isPrepared || !isIdle()) {
                connection.execSQLUpdate(command);
            }
        } finally {
            if (isIdle()) {
                isLate = false;
                connection.setAutoCommit(true);
            }
        }
    }

    private boolean isIdle() {
        return connection.getTransactionState() == TransactionState.IDLE;
    }
}
