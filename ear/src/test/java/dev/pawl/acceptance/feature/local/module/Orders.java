package dev.pawl.acceptance.feature.local.module;

import dev.pawl.acceptance.feature.local.probe.LocalWorkflows;
import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.local.CommandRefusedException;
import dev.pawl.api.local.EmittedEvent;
import dev.pawl.api.local.Entities;
import dev.pawl.api.local.EntityCommand;
import dev.pawl.api.local.EntityResult;
import dev.pawl.api.local.Events;
import dev.pawl.api.local.RunSnapshot;
import dev.pawl.api.local.StartOptions;
import dev.pawl.api.local.Workflows;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Takes orders: each method is one transaction of the container, and the engine takes part in it. */
@Stateless
public class Orders {

    /** Where a copy of each order is sent. */
    public static final String QUEUE = "business.orders";

    @Resource(lookup = "jdbc/pawl")
    private DataSource database;

    @Resource(lookup = "jms/pawl")
    private ConnectionFactory broker;

    @Resource
    private SessionContext context;

    @Inject
    private Workflows workflows;

    @Inject
    private Entities entities;

    @Inject
    private Events events;

    /** A row, a run, a message and an entity, and then perhaps an exception. */
    public String place(String name, boolean fail) throws SQLException {
        insert(name);
        String run = start(name, StartOptions.NONE.withCorrelationId(name));
        send(name);
        entities.execute(EntityCommand.of("LocalOrder", "create").withInput(Map.of("id", name)))
                .orThrow();
        entities.execute(EntityCommand.of("LocalOrder", "confirm").on(name)).orThrow();
        if (fail) {
            throw new IllegalStateException("the order " + name + " is not wanted after all");
        }
        return run;
    }

    /** A row, and an event twice under one identity, and then perhaps an exception. */
    public void pay(String name, boolean fail) throws SQLException {
        insert(name);
        events.emit(EmittedEvent.of(LocalWorkflows.PAID, new LocalWorkflows.Order(fail ? "never" : name))
                .correlatedBy(name)
                .identifiedBy("business", name));
        events.emit(EmittedEvent.of(LocalWorkflows.PAID, new LocalWorkflows.Order("twice"))
                .correlatedBy(name)
                .identifiedBy("business", name));
        if (fail) {
            throw new IllegalStateException("the order " + name + " is not paid after all");
        }
    }

    /** What the transaction itself sees of what it has begun: the run, and how it is then cancelled. */
    public List<String> placeAndCancel(String name) {
        String run = start(name, StartOptions.NONE.withCorrelationId(name));
        String before =
                workflows.find(run).map(RunSnapshot::status).orElseThrow().name();
        String ended = workflows.cancel(run, "changed my mind").status().name();
        String after =
                workflows.find(run).map(RunSnapshot::status).orElseThrow().name();
        return List.of(run, before, ended, after);
    }

    /** Twice under one key. */
    public List<String> placeTwice(String name, String key) {
        StartOptions options = StartOptions.NONE.withCorrelationId(name).withIdempotencyKey(key);
        return List.of(start(name, options), start(name, options));
    }

    /** Under a key, and then stands still with the transaction open. */
    public String placeAndWait(String name, String key, String gate, boolean fail)
            throws IOException, InterruptedException {
        String run = start(name, StartOptions.NONE.withCorrelationId(name).withIdempotencyKey(key));
        Gates.await(gate);
        if (fail) {
            throw new IllegalStateException("the order " + name + " is not wanted after all");
        }
        return run;
    }

    /** A row stays although the engine refuses what follows; answers the codes and whether a commit is still possible. */
    public List<String> placeDespiteRefusals(String name) throws SQLException {
        insert(name);
        String unknown = refusal(() -> workflows.start("nobody", null));
        String invalid = refusal(() -> workflows.start(LocalWorkflows.ORDER, Map.of("name", " ")));
        String missing = refusal(() -> workflows.cancel("nobody", null));
        String nameless = refusal(() -> events.emit(EmittedEvent.of(" ", null)));
        EntityResult undone =
                entities.execute(EntityCommand.of("LocalOrder", "confirm").on("nobody-" + name));
        return List.of(
                unknown,
                invalid,
                missing,
                nameless,
                undone.code().orElse("none"),
                context.getRollbackOnly() ? "rolls back" : "commits");
    }

    /** The refusal is not caught: it takes the row along. */
    public void placeRefused(String name) throws SQLException {
        insert(name);
        workflows.start("nobody", null);
    }

    /** An entity command that has written when it is refused; the run before it stays. */
    public List<String> placeWithEcho(String name) {
        String run = start(name, StartOptions.NONE.withCorrelationId(name));
        entities.execute(EntityCommand.of("LocalEcho", "create").withInput(Map.of("id", name)))
                .orThrow();
        EntityResult echoed =
                entities.execute(EntityCommand.of("LocalEcho", "shout").on(name));
        String count = String.valueOf(entities.find("LocalEcho", name)
                .map(found -> found.get("count"))
                .orElse("gone"));
        return List.of(run, echoed.code().orElse("none"), count);
    }

    private String start(String name, StartOptions options) {
        return workflows.start(LocalWorkflows.ORDER, new LocalWorkflows.Order(name), options);
    }

    private static String refusal(Runnable call) {
        try {
            call.run();
            return "none";
        } catch (CommandRefusedException e) {
            return e.code();
        }
    }

    private void insert(String name) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("INSERT INTO business_order VALUES (?)")) {
            statement.setString(1, name);
            statement.executeUpdate();
        }
    }

    private void send(String name) {
        try (JMSContext messages = broker.createContext()) {
            messages.createProducer().send(messages.createQueue(QUEUE), name);
        }
    }
}
