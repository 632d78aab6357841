package dev.pawl.testkit.contract;

import org.junit.jupiter.api.Nested;

/** Every contract that a whole set of stores keeps: extend it for the stores of one database. */
public abstract class StoreContracts {

    protected abstract StoreFixture fixture();

    @Nested
    class Annotations extends AnnotationStoreContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Runs extends RunStoreContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Journals extends JournalStoreContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Waits extends WaitStoreContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Limits extends LimitStoreContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Breakers extends BreakerStoreContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Caches extends CacheStoreContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Outbox extends EventOutboxContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Deliveries extends ListenerDeliveriesContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Dead extends DeadLettersContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Flows extends FlowQueriesContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Keys extends IdempotencyStoreContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Blobs extends TransactionalBlobStoreContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Artifacts extends ArtifactIndexContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Log extends RunLogContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Feed extends EventFeedContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Queries extends RunQueriesContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class AiCalls extends AiCallLogContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }

    @Nested
    class Retention extends RetentionStoreContract {
        @Override
        protected StoreFixture fixture() {
            return StoreContracts.this.fixture();
        }
    }
}
