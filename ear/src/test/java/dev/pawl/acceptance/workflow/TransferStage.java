package dev.pawl.acceptance.workflow;

import dev.pawl.acceptance.crash.CrashMark;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** A row in a business table and a message on a business queue, in the transaction of the report. */
final class TransferStage implements Stage<ProbeInput, Crumb> {

    static final String TABLE = "business_transfer";
    static final String QUEUE = "business.transfers";

    /** Called at start, outside any transaction. */
    static void createTable() {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + TABLE + " (name VARCHAR(100))");
        } catch (SQLException | NamingException e) {
            throw new IllegalStateException("The business table cannot be made", e);
        }
    }

    static DataSource database() throws NamingException {
        return InitialContext.doLookup("jdbc/pawl");
    }

    @Override
    public String id() {
        return "transfer";
    }

    @Override
    public StageOptions options() {
        return StageOptions.transactional();
    }

    @Override
    public Crumb execute(StageContext context, ProbeInput input) throws Exception {
        CrashMark.mark(input.name());
        try (Connection connection = database().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("INSERT INTO " + TABLE + " (name) VALUES (?)")) {
            statement.setString(1, input.name());
            statement.executeUpdate();
        }
        ConnectionFactory broker = InitialContext.doLookup("jms/pawl");
        try (JMSContext messages = broker.createContext()) {
            messages.createProducer().send(messages.createQueue(QUEUE), input.name());
        }
        return new Crumb(input.name(), "", 1);
    }
}
