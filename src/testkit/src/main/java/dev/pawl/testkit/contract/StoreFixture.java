package dev.pawl.testkit.contract;

import dev.pawl.engine.live.EventFeed;
import dev.pawl.engine.port.AiCallLog;
import dev.pawl.engine.port.AnnotationStore;
import dev.pawl.engine.port.ArtifactIndex;
import dev.pawl.engine.port.Attached;
import dev.pawl.engine.port.BreakerStore;
import dev.pawl.engine.port.CacheStore;
import dev.pawl.engine.port.DeadLetters;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.IdempotencyStore;
import dev.pawl.engine.port.JournalStore;
import dev.pawl.engine.port.LimitStore;
import dev.pawl.engine.port.ListenerDeliveries;
import dev.pawl.engine.port.RetentionStore;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.port.RunStore;
import dev.pawl.engine.port.WaitStore;
import dev.pawl.engine.query.AiCallQueries;
import dev.pawl.engine.query.DeadLetterQueries;
import dev.pawl.engine.query.FlowQueries;
import dev.pawl.engine.query.RunQueries;
import java.time.Duration;
import java.util.List;

/** The adapters under test and the transactions around them. Any number of threads may have a transaction each. */
public interface StoreFixture extends BlobFixture {

    /** How long a duplicate command waits in these tests. */
    Duration KEY_PATIENCE = Duration.ofSeconds(1);

    RunStore runs();

    JournalStore journals();

    WaitStore waits();

    EventOutbox outbox();

    ListenerDeliveries deliveries();

    DeadLetters deadLetters();

    DeadLetterQueries deadLetterQueries();

    FlowQueries flows();

    IdempotencyStore keys();

    ArtifactIndex artifacts();

    AnnotationStore annotations();

    RunLog log();

    RunQueries queries();

    EventFeed feed();

    AiCallLog aiCalls();

    AiCallQueries aiCallQueries();

    RetentionStore retention();

    LimitStore limits();

    BreakerStore breakers();

    CacheStore cached();

    /** What goes with a run that is removed. */
    List<Attached> attached();
}
