package dev.pawl.ejb.store;

import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL database for one test class, empty before each test, whose statements are counted. */
final class CountedDatabase implements BeforeEachCallback, AfterAllCallback {

    private final DataSource plain = TestDatabase.postgres();
    private final CountedStatements statements = new CountedStatements(plain);
    private final DatabaseFixture fixture = new DatabaseFixture(plain, statements.dataSource());

    /** Nothing that is done through it is counted. */
    DataSource plain() {
        return plain;
    }

    CountedStatements statements() {
        return statements;
    }

    DatabaseFixture fixture() {
        return fixture;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        fixture.clear();
        statements.take();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        fixture.close();
    }
}
