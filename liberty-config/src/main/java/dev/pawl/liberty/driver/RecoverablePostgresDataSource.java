package dev.pawl.liberty.driver;

import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import org.postgresql.core.BaseConnection;
import org.postgresql.xa.PGXAConnection;
import org.postgresql.xa.PGXADataSource;

/**
 * PostgreSQL's XA data source, except that a prepared branch that could not be ended is answered with {@code XAER_RMFAIL}, so that
 * it is tried again. The driver says so of some broken connections only: for others, as when the database is shut down by its
 * administrator, its code is that of damage, upon which a transaction manager gives the branch up. The database would
 * keep it then, with all its locks, until somebody ends it by hand. Branches begin {@linkplain LateBegin with their first statement}.
 */
public class RecoverablePostgresDataSource extends PGXADataSource {

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return getXAConnection(getUser(), getPassword());
    }

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        BaseConnection connection = (BaseConnection) getConnection(user, password);
        return new RecoverableConnection(
                new PGXAConnection(LateBegin.on(connection)), RecoverablePostgresDataSource::precise);
    }

    private static XAException precise(XAException refusal) {
        return refusal.errorCode == XAException.XAER_RMERR && refusal.getCause() instanceof SQLException
                ? RecoverableBranch.coded(XAException.XAER_RMFAIL, refusal)
                : refusal;
    }
}
