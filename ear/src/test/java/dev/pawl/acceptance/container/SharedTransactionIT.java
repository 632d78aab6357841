package dev.pawl.acceptance.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.naming.InitialContext;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The application's database and broker share a transaction with whoever asks for them. */
@Tag("K-29")
@ArquillianTest
class SharedTransactionIT {

    private static final String QUEUE = "shared-transaction";

    private DataSource database;
    private ConnectionFactory broker;
    private UserTransaction transaction;

    @Deployment
    static WebArchive archive() {
        return ShrinkWrap.create(WebArchive.class, "shared-transaction.war");
    }

    @BeforeEach
    void findResourcesAndEmptyThem() throws Exception {
        database = InitialContext.doLookup("jdbc/pawl");
        broker = InitialContext.doLookup("jms/pawl");
        transaction = InitialContext.doLookup("java:comp/UserTransaction");
        execute("CREATE TABLE IF NOT EXISTS shared_transaction (name VARCHAR(100))");
        execute("DELETE FROM shared_transaction");
        while (receive() != null) {
            // a message of an earlier test
        }
    }

    @Test
    void bothAreThereAfterACommit() throws Exception {
        transaction.begin();
        insertAndSend("kept");
        transaction.commit();

        assertEquals(1, count());
        assertEquals("kept", receive());
    }

    @Test
    void neitherIsThereAfterARollback() throws Exception {
        transaction.begin();
        insertAndSend("dropped");
        transaction.rollback();

        assertEquals(0, count());
        assertNull(receive());
    }

    private void insertAndSend(String name) throws SQLException {
        execute("INSERT INTO shared_transaction VALUES ('" + name + "')");
        try (JMSContext context = broker.createContext()) {
            context.createProducer().send(context.createQueue(QUEUE), name);
        }
    }

    private @Nullable String receive() {
        try (JMSContext context = broker.createContext();
                JMSConsumer consumer = context.createConsumer(context.createQueue(QUEUE))) {
            return consumer.receiveBody(String.class, 500);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM shared_transaction")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
