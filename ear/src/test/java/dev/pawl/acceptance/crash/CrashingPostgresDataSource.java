package dev.pawl.acceptance.crash;

import dev.pawl.liberty.driver.RecoverablePostgresDataSource;
import java.sql.SQLException;
import javax.sql.XAConnection;

/** PostgreSQL with the windows. */
public final class CrashingPostgresDataSource extends RecoverablePostgresDataSource {

    private static final long serialVersionUID = 1L;

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return new CrashingConnection(super.getXAConnection());
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        return new CrashingConnection(super.getXAConnection(user, password));
    }
}
