package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.Dialect;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date. Servers that start at once wait for each other; a schema that holds other tables keeps
 * them.
 */
public final class Migrations {

    private final DataSource database;
    private final Dialect dialect;

    public Migrations(DataSource database, Dialect dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    /** Answers how many migrations were applied. Not to be called inside a transaction. */
    public int run() {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .table("pawl_schema_history")
                .locations("classpath:db/migration/" + dialect.migrations())
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
