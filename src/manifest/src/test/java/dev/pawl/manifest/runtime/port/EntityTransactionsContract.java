package dev.pawl.manifest.runtime.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every adapter of the runtime's ports must do. Each test uses tenants of its own, so that a shared database needs
 * no cleaning between tests.
 */
@Tag("M-15")
public abstract class EntityTransactionsContract {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final String tenant = "tenant-" + UUID.randomUUID();

    protected abstract EntityTransactions transactions();

    @Test
    void nothingHasAnIdThatNoDatabaseKeeps() {
        Optional<StoredEntity> found = transactions()
                .inTransaction(work -> work.entities().load(new EntityKey("default", "Thing", "a\u0000b")));
        assertThat(found).isEmpty();
    }

    @Test
    void whatIsInsertedCanBeLoaded() {
        assertThat(insert("a", 1, "open")).isTrue();

        StoredEntity loaded = load("a").orElseThrow();
        assertThat(loaded.version()).isEqualTo(1);
        assertThat(loaded.properties().get("status").asText()).isEqualTo("open");
        assertThat(load("b")).isEmpty();
    }

    @Test
    void anInsertUnderAKnownKeyDoesNothing() {
        insert("a", 1, "open");

        assertThat(insert("a", 1, "other")).isFalse();
        assertThat(load("a").orElseThrow().properties().get("status").asText()).isEqualTo("open");
    }

    @Test
    @Tag("K-27")
    void onlyTheExpectedVersionIsReplaced() {
        insert("a", 1, "open");

        assertThat(replace("a", 2, "closed", 1)).isTrue();
        assertThat(replace("a", 2, "lost", 1)).isFalse();
        assertThat(replace("gone", 2, "lost", 1)).isFalse();
        assertThat(load("a").orElseThrow().version()).isEqualTo(2);
        assertThat(load("a").orElseThrow().properties().get("status").asText()).isEqualTo("closed");
    }

    @Test
    void aFailedUnitOfWorkLeavesNothing() {
        insert("a", 1, "open");
        IdempotencyStore.Key key = new IdempotencyStore.Key(tenant, "Thing.do", "k1");

        assertThatThrownBy(() -> transactions().inTransaction(work -> {
                    work.idempotency().claim(key, "hash");
                    work.entities().insert(entity("b", 1, "new"));
                    work.entities().compareAndSet(entity("a", 2, "closed"), 1);
                    work.events().append(List.of(event("e1", "flow")));
                    throw new IllegalStateException("half way");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("half way");

        assertThat(load("b")).isEmpty();
        assertThat(load("a").orElseThrow().version()).isEqualTo(1);
        assertThat(events("flow")).isEmpty();
        assertThat(claim(key, "another")).isInstanceOf(IdempotencyStore.Fresh.class);
    }

    @Test
    void aUnitOfWorkSeesItsOwnWrites() {
        String status = transactions().inTransaction(work -> {
            work.entities().insert(entity("a", 1, "open"));
            work.entities().compareAndSet(entity("a", 2, "closed"), 1);
            assertThat(work.entities().find(all().where(Map.of("status", TextNode.valueOf("closed")))))
                    .hasSize(1);
            return work.entities()
                    .load(key("a"))
                    .orElseThrow()
                    .properties()
                    .get("status")
                    .asText();
        });

        assertThat(status).isEqualTo("closed");
    }

    @Test
    void rowsAreFoundByTheirPropertiesInTheOrderOfTheirIds() {
        insert("c", 1, "open");
        insert("a", 1, "open");
        insert("b", 1, "closed");

        assertThat(find(all())).containsExactly("a", "b", "c");
        assertThat(find(all().where(Map.of("status", TextNode.valueOf("open")))))
                .containsExactly("a", "c");
        assertThat(find(all().where(Map.of("size", IntNode.valueOf(1))))).containsExactly("a", "b", "c");
        assertThat(find(all().where(Map.of("size", DoubleNode.valueOf(1))))).containsExactly("a", "b", "c");
        assertThat(find(all().where(Map.of("size", IntNode.valueOf(2))))).isEmpty();
        assertThat(find(all().where(Map.of("none", JsonNodeFactory.instance.nullNode()))))
                .containsExactly("a", "b", "c");
    }

    @Test
    void pagesFollowEachOther() {
        for (int i = 0; i < 5; i++) {
            insert("row-" + i, 1, "open");
        }

        assertThat(find(all().page(null, 2))).containsExactly("row-0", "row-1");
        assertThat(find(all().page("row-1", 2))).containsExactly("row-2", "row-3");
        assertThat(find(all().page("row-3", 2))).containsExactly("row-4");
    }

    @Test
    @Tag("K-03")
    void tenantsNeverSeeEachOther() {
        insert("a", 1, "open");
        String other = tenant + "-other";
        IdempotencyStore.Key mine = new IdempotencyStore.Key(tenant, "Thing.do", "k1");

        assertThat(transactions().<Optional<StoredEntity>>inTransaction(work -> work.entities()
                        .load(new EntityKey(other, "Thing", "a"))))
                .isEmpty();
        assertThat(find(EntityQuery.all(other, "Thing"))).isEmpty();
        decide(mine, "hash", "done");
        assertThat(claim(new IdempotencyStore.Key(other, "Thing.do", "k1"), "hash"))
                .isInstanceOf(IdempotencyStore.Fresh.class);
    }

    @Test
    @Tag("K-03")
    void aDecidedKeyAnswersItsOutcomeOrThatItWasReused() {
        IdempotencyStore.Key key = new IdempotencyStore.Key(tenant, "Thing.do", "k1");
        decide(key, "hash", "done");

        IdempotencyStore.Claim again = claim(key, "hash");

        assertThat(again).isInstanceOf(IdempotencyStore.Decided.class);
        assertThat(((IdempotencyStore.Decided) again).outcome().get("answer").asText())
                .isEqualTo("done");
        assertThat(claim(key, "other")).isInstanceOf(IdempotencyStore.Reused.class);
        assertThat(claim(new IdempotencyStore.Key(tenant, "Thing.undo", "k1"), "other"))
                .isInstanceOf(IdempotencyStore.Fresh.class);
    }

    @Test
    @Tag("K-04")
    void ofManyClaimsAtOnceOnlyOneIsFresh() throws Exception {
        IdempotencyStore.Key key = new IdempotencyStore.Key(tenant, "Thing.do", "k1");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> claims = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                claims.add(threads.submit(() -> transactions().inTransaction(work -> {
                    boolean fresh = work.idempotency().claim(key, "hash") instanceof IdempotencyStore.Fresh;
                    if (fresh) {
                        work.idempotency().record(key, json("answer", "done"));
                    }
                    return fresh;
                })));
            }
            int fresh = 0;
            for (Future<Boolean> claim : claims) {
                fresh += claim.get() ? 1 : 0;
            }
            assertThat(fresh).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Tag("M-10")
    void eventsAreReadByCorrelationInTheirOrder() {
        transactions().<Boolean>inTransaction(work -> {
            work.events().append(List.of(event("e1", "flow"), event("e2", "flow")));
            work.events().append(List.of(event("e3", "other-flow")));
            return true;
        });
        transactions().<Boolean>inTransaction(work -> {
            work.events().append(List.of(event("e4", "flow")));
            return true;
        });

        assertThat(events("flow")).extracting(EntityEvent::id).containsExactly("e1", "e2", "e4");
        assertThat(events("flow").get(0)).isEqualTo(event("e1", "flow"));
    }

    @Test
    void aWindowGrantsItsLimitAndSlides() {
        String key = tenant + "|limit";
        Duration window = Duration.ofSeconds(10);

        assertThat(take(key, window, NOW)).isEmpty();
        assertThat(take(key, window, NOW.plusSeconds(4))).isEmpty();
        assertThat(take(key, window, NOW.plusSeconds(6))).contains(Duration.ofSeconds(4));
        assertThat(take(key + "-other", window, NOW.plusSeconds(6))).isEmpty();
        assertThat(take(key, window, NOW.plusSeconds(10))).isEmpty();
        assertThat(take(key, window, NOW.plusSeconds(11))).contains(Duration.ofSeconds(3));
    }

    private Optional<Duration> take(String key, Duration window, Instant now) {
        return transactions().inTransaction(work -> work.rateLimits().take(key, 2, window, now));
    }

    private void decide(IdempotencyStore.Key key, String hash, String answer) {
        transactions().<Boolean>inTransaction(work -> {
            work.idempotency().claim(key, hash);
            work.idempotency().record(key, json("answer", answer));
            return true;
        });
    }

    private IdempotencyStore.Claim claim(IdempotencyStore.Key key, String hash) {
        return transactions().inTransaction(work -> work.idempotency().claim(key, hash));
    }

    private boolean insert(String id, long version, String status) {
        return transactions().inTransaction(work -> work.entities().insert(entity(id, version, status)));
    }

    private boolean replace(String id, long version, String status, long expected) {
        return transactions()
                .inTransaction(work -> work.entities().compareAndSet(entity(id, version, status), expected));
    }

    private Optional<StoredEntity> load(String id) {
        return transactions().inTransaction(work -> work.entities().load(key(id)));
    }

    private List<String> find(EntityQuery query) {
        List<StoredEntity> found =
                transactions().reading(work -> work.entities().find(query));
        return found.stream().map(row -> row.key().id()).toList();
    }

    private List<EntityEvent> events(String correlationId) {
        return transactions().reading(work -> work.events().byCorrelation(tenant, correlationId));
    }

    private EntityQuery all() {
        return EntityQuery.all(tenant, "Thing");
    }

    private EntityKey key(String id) {
        return new EntityKey(tenant, "Thing", id);
    }

    private StoredEntity entity(String id, long version, String status) {
        return new StoredEntity(
                key(id), version, json("status", status).put("id", id).put("size", 1));
    }

    private EntityEvent event(String id, String correlationId) {
        JsonNode payload = json("said", "yes");
        return new EntityEvent(
                id,
                tenant,
                "Done",
                "thing.done",
                payload,
                NOW,
                new EntityEvent.Trace(correlationId, "cause", 0),
                new EntityEvent.Subject("do", "Thing", "a"));
    }

    private static ObjectNode json(String field, String value) {
        return JsonNodeFactory.instance.objectNode().put(field, value);
    }
}
