package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.Dialect;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema up to date. Servers that start at once wait for each other; a schema that holds other tables keeps
 * them.
 */
public final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private final DataSource database;
    private final Dialect dialect;

    public Migrations(DataSource database, Dialect dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    /** Answers how many migrations were applied. Not to be called inside a transaction. */
    public int run() {
        try {
            return migrate();
        } catch (FlywayException e) {
            LOG.info(
                    "The schema could not be brought up to date, perhaps because another server began to; trying again",
                    e);
            return again(e);
        }
    }

    /**
     * Flyway takes its lock only after it has looked whether the schema is empty: a server that looks while another one
     * makes the first table is refused, and admitted from then on.
     */
    private int again(FlywayException first) {
        try {
            return migrate();
        } catch (FlywayException second) {
            first.addSuppressed(second);
            throw first;
        }
    }

    private int migrate() {
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
