package dev.pawl.testkit.memory;

import dev.pawl.testkit.contract.AiCallLogContract;
import dev.pawl.testkit.contract.ArtifactIndexContract;
import dev.pawl.testkit.contract.DeadLettersContract;
import dev.pawl.testkit.contract.EventFeedContract;
import dev.pawl.testkit.contract.EventOutboxContract;
import dev.pawl.testkit.contract.FlowQueriesContract;
import dev.pawl.testkit.contract.IdempotencyStoreContract;
import dev.pawl.testkit.contract.JournalStoreContract;
import dev.pawl.testkit.contract.ListenerDeliveriesContract;
import dev.pawl.testkit.contract.RetentionStoreContract;
import dev.pawl.testkit.contract.RunLogContract;
import dev.pawl.testkit.contract.RunQueriesContract;
import dev.pawl.testkit.contract.RunStoreContract;
import dev.pawl.testkit.contract.StoreFixture;
import dev.pawl.testkit.contract.TransactionalBlobStoreContract;
import dev.pawl.testkit.contract.WaitStoreContract;
import org.junit.jupiter.api.Nested;

/** The in-memory adapters keep to the contracts of their ports. */
class InMemoryStoreTest {

    private final StoreFixture fixture = new InMemoryFixture();

    @Nested
    class Runs extends RunStoreContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Journals extends JournalStoreContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Waits extends WaitStoreContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Outbox extends EventOutboxContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Deliveries extends ListenerDeliveriesContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Dead extends DeadLettersContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Flows extends FlowQueriesContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Keys extends IdempotencyStoreContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Blobs extends TransactionalBlobStoreContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Artifacts extends ArtifactIndexContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Log extends RunLogContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Feed extends EventFeedContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Queries extends RunQueriesContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class AiCalls extends AiCallLogContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }

    @Nested
    class Retention extends RetentionStoreContract {
        @Override
        protected StoreFixture fixture() {
            return fixture;
        }
    }
}
