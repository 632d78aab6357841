package dev.pawl.liberty.h2;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * H2's XA data source, with branches that answer a recovering transaction manager as the XA specification
 * wants: see {@link RecoverableBranch}. The setters are the driver's properties of {@code server.xml}.
 */
public class RecoverableH2DataSource implements XADataSource {

    private final JdbcDataSource driver = new JdbcDataSource();

    public void setURL(String url) {
        driver.setURL(url);
    }

    public void setUser(String user) {
        driver.setUser(user);
    }

    public void setPassword(String password) {
        driver.setPassword(password);
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return new RecoverableConnection(driver.getXAConnection());
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        return new RecoverableConnection(driver.getXAConnection(user, password));
    }

    @Override
    public PrintWriter getLogWriter() {
        return driver.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter writer) {
        driver.setLogWriter(writer);
    }

    @Override
    public void setLoginTimeout(int seconds) {
        driver.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() {
        return driver.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.h2");
    }
}
