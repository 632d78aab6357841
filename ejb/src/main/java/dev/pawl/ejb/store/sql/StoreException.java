package dev.pawl.ejb.store.sql;

import java.sql.SQLException;

/** The database refused or could not answer; the cause tells why. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String what, SQLException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
