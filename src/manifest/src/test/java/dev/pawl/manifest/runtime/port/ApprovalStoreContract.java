package dev.pawl.manifest.runtime.port;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Approval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every adapter must do with requests for approvals. Tenants of their own keep tests apart. */
@Tag("M-17")
public abstract class ApprovalStoreContract {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final String tenant = "tenant-" + UUID.randomUUID();

    protected abstract EntityTransactions transactions();

    @Test
    void whatWasAskedForIsFoundAgainWithEverythingInIt() {
        ApprovalRequest request = request("a", "call", NOW.plusSeconds(60));
        assertThat(insert(request)).isTrue();

        assertThat(find(request.id())).isEqualTo(request);
        ApprovalRequest changed = request.granted(List.of(new ApprovalRequest.Grant("first", "mia", NOW)))
                .escalated(
                        new ApprovalRequest.Escalation(JsonNodeFactory.instance.textNode("board"), NOW),
                        Approval.Status.PENDING,
                        null)
                .rejected(new ApprovalRequest.Rejection("dora", "no", NOW))
                .ran(JsonNodeFactory.instance.objectNode().put("success", false));
        update(changed);
        assertThat(find(request.id())).isEqualTo(changed);
        Optional<ApprovalRequest> nothing =
                transactions().inTransaction(work -> work.approvals().find("nothing"));
        assertThat(nothing).isEmpty();
        Optional<ApprovalRequest> unfit =
                transactions().inTransaction(work -> work.approvals().find("a\u0000b"));
        assertThat(unfit).isEmpty();
        Optional<ApprovalRequest> locked =
                transactions().inTransaction(work -> work.approvals().lock("a\u0000b"));
        assertThat(locked).isEmpty();
    }

    @Test
    void oneCallHasOneOpenRequest() {
        ApprovalRequest first = request("a", "call", null);
        assertThat(insert(first)).isTrue();
        assertThat(insert(request("a", "call", null))).isFalse();
        assertThat(insert(request("a", "other", null))).isTrue();
        assertThat(insert(request("b", "call", null))).isTrue();
        assertThat(open(first)).isEqualTo(first);

        update(first.as(Approval.Status.GRANTED));
        assertThat(insert(request("a", "call", null))).as("granted, not used").isFalse();
        update(first.as(Approval.Status.GRANTED).usedUp());
        assertThat(open(first)).isNull();
        assertThat(insert(request("a", "call", null))).isTrue();
    }

    @Test
    void parallelCallsMakeOneRequest() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> ask = () -> insert(request("a", "call", null));
            int made = 0;
            for (Future<Boolean> asked : threads.invokeAll(List.of(ask, ask, ask, ask))) {
                made += asked.get() ? 1 : 0;
            }
            assertThat(made).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void requestsAreListedInTheOrderOfTheirIds() {
        ApprovalRequest a = request("a", "call", null);
        ApprovalRequest b = request("b", "call", null);
        insert(b);
        insert(a);
        update(b.rejected(new ApprovalRequest.Rejection("dora", "no", NOW)));
        List<String> sorted = List.of(a.id(), b.id()).stream().sorted().toList();

        assertThat(list(null, null, null, 10)).isEqualTo(sorted);
        assertThat(list(null, null, null, 1)).containsExactly(sorted.get(0));
        assertThat(list(null, null, sorted.get(0), 10)).containsExactly(sorted.get(1));
        assertThat(list(Approval.Status.PENDING, null, null, 10)).containsExactly(a.id());
        assertThat(list(Approval.Status.DENIED, "b", null, 10)).containsExactly(b.id());
        assertThat(list(Approval.Status.DENIED, "a", null, 10)).isEmpty();
    }

    @Test
    void pendingRequestsAreDueWhenTheirTimeIsOver() {
        Instant longAgo = NOW.minus(Duration.ofDays(3_650));
        ApprovalRequest late = request("a", "call", longAgo.plusSeconds(2));
        ApprovalRequest later = request("b", "call", longAgo.plusSeconds(1));
        ApprovalRequest open = request("c", "call", longAgo.plusSeconds(60));
        List.of(late, later, open, request("d", "call", null)).forEach(this::insert);

        assertThat(due(longAgo.plusSeconds(10))).containsSubsequence(later.id(), late.id());
        assertThat(due(longAgo.plusSeconds(10))).doesNotContain(open.id());
        update(late.as(Approval.Status.EXPIRED));
        update(later.as(Approval.Status.EXPIRED));
        update(open.as(Approval.Status.EXPIRED));
        assertThat(due(longAgo.plusSeconds(100))).doesNotContain(late.id(), later.id(), open.id());
    }

    @Test
    @Tag("J-09")
    void closedRequestsAreRemovedByTheirAgeAndOpenOnesStay() {
        Instant longAgo = NOW.minus(Duration.ofDays(7_300));
        ApprovalRequest pending = request("a", "call", null, longAgo);
        ApprovalRequest granted = request("b", "call", null, longAgo);
        ApprovalRequest used = request("c", "call", null, longAgo);
        ApprovalRequest lately = request("d", "call", null, longAgo);
        ApprovalRequest expired = request("e", "call", longAgo.plusSeconds(60), longAgo);
        List.of(pending, granted, used, lately, expired).forEach(this::insert);
        update(granted.as(Approval.Status.GRANTED));
        update(used.as(Approval.Status.GRANTED).usedUp());
        update(lately.rejected(new ApprovalRequest.Rejection("dora", "no", NOW)));
        update(expired.as(Approval.Status.EXPIRED));

        assertThat(removed(longAgo.plusSeconds(60), 10)).as("expired just then").isEqualTo(1);
        assertThat(removed(longAgo.plusSeconds(61), 10)).isEqualTo(1);
        assertThat(list(null, null, null, 10)).containsExactlyInAnyOrder(pending.id(), granted.id(), lately.id());

        update(pending.rejected(new ApprovalRequest.Rejection("dora", "no", longAgo)));
        update(granted.as(Approval.Status.GRANTED).usedUp());
        assertThat(removed(longAgo.plusSeconds(61), 1))
                .as("no more at once than asked for")
                .isEqualTo(1);
        assertThat(removed(longAgo.plusSeconds(61), 1)).isEqualTo(1);
        assertThat(list(null, null, null, 10)).containsExactly(lately.id());
    }

    private int removed(Instant before, int most) {
        return transactions().inTransaction(work -> work.approvals().removeClosed(before, most));
    }

    private ApprovalRequest request(String instance, String call, @Nullable Instant expiresAt) {
        return request(instance, call, expiresAt, NOW);
    }

    private ApprovalRequest request(String instance, String call, @Nullable Instant expiresAt, Instant requestedAt) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.putObject("input").put("amount", 7);
        made.putObject("context").putObject("user").put("id", "carl");
        return new ApprovalRequest(
                UUID.randomUUID().toString(),
                new ApprovalRequest.Subject(new EntityKey(tenant, "Thing", instance), "gate", call),
                "do",
                made,
                List.of(new ApprovalRequest.Stage("first", 1), new ApprovalRequest.Stage("second", 2)),
                List.of(),
                Approval.Status.PENDING,
                requestedAt,
                expiresAt,
                null,
                null,
                false,
                null);
    }

    private boolean insert(ApprovalRequest request) {
        return transactions().inTransaction(work -> work.approvals().insert(request));
    }

    private void update(ApprovalRequest request) {
        transactions().inTransaction(work -> {
            assertThat(work.approvals().lock(request.id())).isPresent();
            work.approvals().update(request);
            return true;
        });
    }

    private ApprovalRequest find(String id) {
        return transactions().inTransaction(work -> work.approvals().find(id)).orElseThrow();
    }

    private @Nullable ApprovalRequest open(ApprovalRequest like) {
        return transactions()
                .inTransaction(work -> work.approvals().open(like.subject()))
                .orElse(null);
    }

    private List<String> list(
            Approval.@Nullable Status status, @Nullable String instance, @Nullable String after, int limit) {
        return transactions()
                .inTransaction(work -> work.approvals()
                        .list(new ApprovalStore.Wanted(
                                tenant, status, instance == null ? null : "Thing", instance, after, limit)))
                .stream()
                .map(ApprovalRequest::id)
                .toList();
    }

    private List<String> due(Instant now) {
        return transactions().inTransaction(work -> work.approvals().due(now, 1_000));
    }
}
