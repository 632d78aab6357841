package dev.pawl.ejb.outage;

import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.port.StoreWatch;
import dev.pawl.engine.work.Outage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.HeuristicMixedException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** Watches what is done in the database. */
@ApplicationScoped
public class DatabaseOutage implements StoreWatch {

    private final Outage outage = new Outage("The database", System::nanoTime);

    /** Does something in the database. */
    public <T> T watching(Supplier<T> work) {
        try {
            T result = work.get();
            outage.worked();
            return result;
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    /** Something was done in the database. */
    public void worked() {
        outage.worked();
    }

    /** The exception to throw in the place of one that was thrown. */
    public RuntimeException translated(RuntimeException failure) {
        if (failure instanceof StoreUnavailableException || !isAway(failure)) {
            return failure;
        }
        outage.noticed(failure);
        return new StoreUnavailableException(failure);
    }

    /** Whether the database has answered everybody for this long. */
    public boolean isPast(Duration calm) {
        return outage.isPast(calm);
    }

    @Override
    public void awaitBack(Duration patience) {
        outage.awaitEnd(patience);
    }

    /** A mixed outcome is what a commit comes to whose second phase did not reach everybody. */
    static boolean isAway(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLRecoverableException
                    || cause instanceof HeuristicMixedException
                    || cause instanceof SQLNonTransientConnectionException
                    || cause instanceof SQLException sql && isAway(sql.getSQLState())
                    || cause instanceof XAException xa && xa.errorCode == XAException.XAER_RMFAIL) {
                return true;
            }
        }
        return false;
    }

    /**
     * Class 08 is "connection exception" in the SQL standard; of PostgreSQL's own 57P is a server that shuts down, starts up
     * or crashed, and 53300 one that has no connection left.
     */
    private static boolean isAway(@Nullable String sqlState) {
        return sqlState != null
                && (sqlState.startsWith("08") || sqlState.startsWith("57P") || sqlState.equals("53300"));
    }
}
