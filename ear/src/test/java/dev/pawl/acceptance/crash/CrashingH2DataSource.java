package dev.pawl.acceptance.crash;

import dev.pawl.liberty.driver.RecoverableH2DataSource;
import java.sql.SQLException;
import javax.sql.XAConnection;

/** The embedded database with the windows. */
public final class CrashingH2DataSource extends RecoverableH2DataSource {

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return new CrashingConnection(super.getXAConnection());
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        return new CrashingConnection(super.getXAConnection(user, password));
    }
}
