package dev.pawl.acceptance.crash;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.ConnectionEventListener;
import javax.sql.StatementEventListener;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;

/** A database connection whose XA resource has the windows. */
final class CrashingConnection implements XAConnection {

    private final XAConnection real;

    CrashingConnection(XAConnection real) {
        this.real = real;
    }

    @Override
    public XAResource getXAResource() throws SQLException {
        return new CrashingResource(Window.Participant.DATABASE, real.getXAResource());
    }

    @Override
    public Connection getConnection() throws SQLException {
        return real.getConnection();
    }

    @Override
    public void close() throws SQLException {
        real.close();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        real.addConnectionEventListener(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        real.removeConnectionEventListener(listener);
    }

    @Override
    public void addStatementEventListener(StatementEventListener listener) {
        real.addStatementEventListener(listener);
    }

    @Override
    public void removeStatementEventListener(StatementEventListener listener) {
        real.removeStatementEventListener(listener);
    }
}
