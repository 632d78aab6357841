package dev.pawl.acceptance.probe;

import dev.pawl.acceptance.crash.CrashMark;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** One row and one message in one transaction of the container. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class Transfer {

    /** The queue the messages go to. */
    public static final String QUEUE = "probe";

    @Resource(lookup = "jdbc/pawl")
    private DataSource database;

    @Resource(lookup = "jms/pawl")
    private ConnectionFactory broker;

    @PostConstruct
    void createTable() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS probe (name VARCHAR(100) PRIMARY KEY)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does both; the caller learns nothing before the commit. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void transfer(String name) throws SQLException {
        CrashMark.mark(name);
        insert(name);
        try (JMSContext context = broker.createContext()) {
            Queue queue = context.createQueue(QUEUE);
            context.createProducer().send(queue, name);
        }
    }

    /** Does one of both, which needs no second phase. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void insert(String name) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("INSERT INTO probe VALUES (?)")) {
            statement.setString(1, name);
            statement.executeUpdate();
        }
    }

    /** The first column of every row of a query. */
    public List<String> query(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
