package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.Command;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.engine.query.RunProjection;
import dev.pawl.engine.query.RunView;
import dev.pawl.testkit.InMemoryNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-03")
class IdempotencyTest {

    private final Cluster cluster = new Cluster(Duration.ofMillis(300), Flows.line("flow", "a"));
    private final InMemoryNode node = cluster.node("node");

    IdempotencyTest() {
        node.worker().close();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void theSameCommandUnderTheSameKeyIsAnsweredAlikeAndDoneOnce() {
        CreateRun.Created first = send(Flows.create("flow"), "key");
        CreateRun.Created second = send(Flows.create("flow"), "key");

        assertThat(JsonCodec.write(second)).isEqualTo(JsonCodec.write(first));
        assertThat(runs()).hasSize(1);
        assertThat(cluster.events(first.runId())).hasSize(1);
    }

    @Test
    @Tag("K-01")
    void whoCreatesARunIsToldAllThatReadingItWouldTellAndWhoRepeatsItMustRead() {
        CreateRun command = withMetadata("{\"n\":1.50,\"on\":true}");
        CreateRun.AsCreated known = send(command, "key").asCreated();

        RunProjection projection = new RunProjection(cluster.clock, cluster.database.blobs());
        RunView read = cluster.view(known.header().id());
        assertThat(JsonCodec.write(projection.created(known))).isEqualTo(JsonCodec.write(read));
        assertThat(send(command, "key").asCreated()).isNull();
    }

    @Test
    void anAnswerIsReplayedAsItWasThen() {
        RunId run = send(Flows.create("flow"), "create").runId();
        CancelRun.Cancellation first = send(new CancelRun(run, "no more"), "cancel");

        CancelRun.Cancellation second = send(new CancelRun(run, "no more"), "cancel");

        assertThat(first.cancelled()).isTrue();
        assertThat(second).isEqualTo(first);
        assertThat(send(new CancelRun(run, "no more"), "another").cancelled()).isFalse();
    }

    @Test
    void theSameKeyWithAnotherInputIsRefused() {
        send(Flows.create("flow"), "key");

        assertRefused(Flows.create("flow", 7), "key", RefusalCode.IDEMPOTENCY_KEY_REUSED);
        assertThat(runs()).hasSize(1);
    }

    @Test
    void inputsThatDifferOnlyInTheOrderOfTheirMembersAreTheSame() {
        CreateRun one = withMetadata("{\"a\":1,\"b\":{\"c\":2,\"d\":[1,2]}}");
        CreateRun same = withMetadata("{\"b\":{\"d\":[1,2],\"c\":2},\"a\":1}");
        CreateRun other = withMetadata("{\"b\":{\"d\":[2,1],\"c\":2},\"a\":1}");

        assertThat(send(same, "key").runId()).isEqualTo(send(one, "key").runId());
        assertRefused(other, "key", RefusalCode.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void aRefusalIsAnOutcomeAndReplayed() {
        CreateRun unknown = CreateRun.of("nowhere", JsonCodec.toTree(Flows.HELLO));
        Outcome<CreateRun.Created> first = outcome(unknown, "key", Caller.ANONYMOUS);
        Outcome<CreateRun.Created> second = outcome(unknown, "key", Caller.ANONYMOUS);

        assertThat(first).isInstanceOf(Outcome.Refused.class);
        assertThat(second).isEqualTo(first);
        assertRefused(Flows.create("flow"), "key", RefusalCode.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void tenantsHaveKeysOfTheirOwn() {
        outcome(Flows.create("flow"), "key", new Caller("acme", "ann")).orThrow();
        outcome(Flows.create("flow"), "key", new Caller("initech", "bob")).orThrow();

        assertThat(runsOf("acme")).hasSize(1);
        assertThat(runsOf("initech")).hasSize(1);
    }

    @Test
    void commandTypesHaveKeysOfTheirOwn() {
        RunId run = send(Flows.create("flow"), "key").runId();

        assertThat(send(new CancelRun(run, null), "key").cancelled()).isTrue();
    }

    @Test
    void fiftyAtOnceMakeOneRun() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<CreateRun.Created>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(cluster.elsewhere(() -> {
                Cluster.await(go);
                return send(Flows.create("flow"), "key");
            }));
        }

        go.countDown();

        Set<RunId> answers = new HashSet<>();
        for (Future<CreateRun.Created> one : all) {
            answers.add(one.get().runId());
        }
        assertThat(answers).hasSize(1);
        assertThat(runs()).hasSize(1);
    }

    @Test
    @Tag("K-04")
    void aDuplicateWaitsForTheFirstAndIsRefusedWhenThatTakesTooLong() throws Exception {
        cluster.transaction(() -> {
            send(Flows.create("flow"), "key");
            Outcome<CreateRun.Created> duplicate = cluster.elsewhere(
                            () -> outcome(Flows.create("flow"), "key", Caller.ANONYMOUS))
                    .get();
            assertThat(duplicate).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(
                            refused.refusal().code())
                    .isEqualTo(RefusalCode.IDEMPOTENCY_IN_PROGRESS));
            return true;
        });

        assertThat(runs()).hasSize(1);
        send(Flows.create("flow"), "key");
        assertThat(runs()).as("the refusal was not kept under the key").hasSize(1);
    }

    @Test
    @Tag("K-04")
    void aTechnicalFailureRollsTheKeyBack() {
        assertThatThrownBy(() -> cluster.transaction(() -> {
                    send(Flows.create("flow"), "key");
                    throw new IllegalStateException("the database is gone");
                }))
                .hasMessage("the database is gone");
        assertThat(runs()).isEmpty();

        send(Flows.create("flow", 7), "key");

        assertThat(runs()).hasSize(1);
    }

    @Test
    void aKeyIsNeitherBlankNorEndless() {
        for (String key : List.of("", " ", "x".repeat(256))) {
            assertRefused(Flows.create("flow"), key, RefusalCode.VALIDATION_FAILED);
        }
    }

    private <R> R send(Command<R> command, String key) {
        return outcome(command, key, Caller.ANONYMOUS).orThrow();
    }

    private <R> Outcome<R> outcome(Command<R> command, String key, Caller caller) {
        return node.commands().execute(Envelope.of(command, caller).withIdempotencyKey(key));
    }

    private void assertRefused(Command<?> command, String key, RefusalCode code) {
        assertThatThrownBy(() -> send(command, key)).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(
                        e.refusal().code())
                .isEqualTo(code));
    }

    private List<RunView> runs() {
        return runsOf(Caller.DEFAULT_TENANT);
    }

    private List<RunView> runsOf(String tenant) {
        return cluster.database
                .queries()
                .list(RunFilter.ofTenant(tenant), Optional.empty(), 100)
                .items();
    }

    private static CreateRun withMetadata(String json) {
        return new CreateRun("flow", null, JsonCodec.toTree(Flows.HELLO), null, null, null, JsonCodec.parse(json));
    }
}
