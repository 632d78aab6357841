package dev.pawl.liberty.driver;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/**
 * H2's XA data source, except that a branch it does not know is answered with {@code XAER_NOTA}. H2 itself
 * answers with an error without a code, which a transaction manager must take for damage: after a kill
 * between the two commits the branch is simply done, and recovery should say so calmly.
 * The setters are the driver's properties of {@code server.xml}.
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
        return new RecoverableConnection(driver.getXAConnection(), RecoverableH2DataSource::precise);
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        return new RecoverableConnection(driver.getXAConnection(user, password), RecoverableH2DataSource::precise);
    }

    private static XAException precise(XAException refusal) {
        return refusal.getCause() instanceof SQLException cause
                        && cause.getErrorCode() == ErrorCode.TRANSACTION_NOT_FOUND_1
                ? RecoverableBranch.coded(XAException.XAER_NOTA, refusal)
                : refusal;
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
