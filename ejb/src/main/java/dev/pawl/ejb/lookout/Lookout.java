package dev.pawl.ejb.lookout;

import dev.pawl.ejb.config.EngineSettings;
import dev.pawl.ejb.outage.DatabaseOutage;
import dev.pawl.ejb.store.sql.StoreException;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.Later;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.work.Alarm;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database about everything that may be due, in one statement outside any transaction, however much there is to
 * watch and however many runs sleep: once in an interval, and when something will be due before the next time. An idle server
 * costs no more than that; a message or a bell tells of most things long before.
 */
@ApplicationScoped
public class Lookout {

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    /** What becomes due in quick succession is taken together. */
    private static final Duration GAP = Duration.ofMillis(20);

    @Resource(lookup = "jdbc/pawl")
    private DataSource database;

    @Inject
    private DatabaseOutage outage;

    @Inject
    private EngineSettings settings;

    @Inject
    private Clock clock;

    @Inject
    private Alarm alarm;

    @Inject
    @Any
    private Instance<Watch> all;

    private final AtomicBoolean looking = new AtomicBoolean();
    private List<Watch> watches = List.of();
    private String glance = "";

    @PostConstruct
    void prepare() {
        watches = all.stream()
                .filter(watch -> settings.timers() || !watch.drives())
                .toList();
        glance = watches.stream()
                .map(watch -> "(" + watch.question() + ")")
                .collect(Collectors.joining(", ", "select ", ""));
    }

    /** The engine's alarm: a look at the time when something is due. */
    @Produces
    @Singleton
    static Alarm alarm(Clock clock, Later later, EngineSettings settings, Instance<Lookout> lookout) {
        Duration horizon = settings.lookInterval().plus(settings.lookInterval());
        return new Alarm(clock, later, horizon, GAP, () -> lookout.get().lookAgain());
    }

    /** Looks once and begins what is due. A look that goes on may have asked too early, so there is another one after it. */
    public void look() {
        if (watches.isEmpty()) {
            return;
        }
        if (!looking.compareAndSet(false, true)) {
            alarm.at(clock.now());
            return;
        }
        try {
            List<Optional<BigDecimal>> answers = outage.watching(this::ask);
            Instant now = clock.now();
            for (int i = 0; i < watches.size(); i++) {
                watches.get(i).told(answers.get(i).orElse(null), now).ifPresent(alarm::at);
            }
        } finally {
            looking.set(false);
        }
    }

    /** As {@link #look}, for the alarm, to whom nothing can be thrown. */
    public void lookAgain() {
        try {
            look();
        } catch (StoreUnavailableException e) {
            LOG.debug("The next look comes in its turn", e);
        } catch (RuntimeException e) {
            LOG.warn("The database could not be asked what is due; the next look comes in its turn", e);
        }
    }

    private List<Optional<BigDecimal>> ask() {
        List<Optional<BigDecimal>> answers = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(glance);
                ResultSet result = statement.executeQuery()) {
            result.next();
            for (int i = 1; i <= watches.size(); i++) {
                answers.add(Optional.ofNullable(result.getBigDecimal(i)));
            }
        } catch (SQLException e) {
            throw new StoreException("The database does not say what is due", e);
        }
        return answers;
    }
}
