package dev.pawl.liberty.driver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import javax.sql.ConnectionEventListener;
import javax.sql.StatementEventListener;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/** A connection of a driver, with a {@link RecoverableBranch}. */
final class RecoverableConnection implements XAConnection {

    private final XAConnection connection;
    private final UnaryOperator<XAException> precise;

    RecoverableConnection(XAConnection connection, UnaryOperator<XAException> precise) {
        this.connection = connection;
        this.precise = precise;
    }

    @Override
    public XAResource getXAResource() throws SQLException {
        return new RecoverableBranch(connection.getXAResource(), precise);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connection.getConnection();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        connection.addConnectionEventListener(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        connection.removeConnectionEventListener(listener);
    }

    @Override
    public void addStatementEventListener(StatementEventListener listener) {
        connection.addStatementEventListener(listener);
    }

    @Override
    public void removeStatementEventListener(StatementEventListener listener) {
        connection.removeStatementEventListener(listener);
    }
}
