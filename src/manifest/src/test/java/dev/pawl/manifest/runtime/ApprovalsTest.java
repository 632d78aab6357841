package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.manifest.ir.Approval;
import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.port.ApprovalStore;
import dev.pawl.manifest.runtime.port.EntityEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-17")
class ApprovalsTest {
    private static final String ORDERS = """
            entity PurchaseOrder {
              property required id: string
              property amount: number = 0
              property status: string = "draft"
              property note: string = ""
              command submit(note: string = "") {
                guard self.status == "draft"
                mutate status = "submitted"
                mutate note = note
                emit Submitted
              }
              approval submitApproval {
                command: submit
                stages {
                  manager { policy: user.role == "manager" required: 2 when: self.amount > 100 }
                  director { policy: user.role == "director" required: 1 when: self.amount > 10000 }
                }
                timeout: 72
                %s
                emit PurchaseRequested
                emit PurchaseApproved
              }
            }
            store PurchaseOrder in memory
            event Submitted: "order.submitted" { id: string }
            event PurchaseRequested: "purchase.requested" { id: string }
            event PurchaseApproved: "purchase.approved" { id: string }
            entity Inbox {
              property required id: string
              property waiting: number = 0
              command remind() { mutate waiting = self.waiting + 1 }
            }
            store Inbox in memory
            on PurchaseRequested run Inbox.remind
              resolve "inbox"
            """;

    private static final Caller CLERK = Caller.user("carl", "clerk");
    private static final Caller MIA = Caller.user("mia", "manager");
    private static final Caller MAX = Caller.user("max", "manager");
    private static final Caller DORA = Caller.user("dora", "director");

    private final RuntimeFixture orders = fixture("on_timeout: \"cancel\"");

    private static RuntimeFixture fixture(String onTimeout) {
        RuntimeFixture fixture = RuntimeFixture.of(ORDERS.formatted(onTimeout));
        fixture.given("PurchaseOrder", "{'id':'small','amount':50}");
        fixture.given("PurchaseOrder", "{'id':'large','amount':500}");
        fixture.given("PurchaseOrder", "{'id':'huge','amount':50000}");
        fixture.given("Inbox", "{'id':'inbox'}");
        return fixture;
    }

    private static String requested(RuntimeFixture orders, String id, String input) {
        CommandResult result = orders.run("PurchaseOrder", "submit", id, input, CLERK);
        assertThat(result.refusal().code()).isEqualTo(RefusalCode.APPROVAL_REQUIRED);
        assertThat(CommandResult.fromJson(result.toJson()).toJson()).isEqualTo(result.toJson());
        return ((Refusal.ApprovalNeeded) result.refusal().detail()).id();
    }

    private ApprovalDesk desk() {
        return orders.runtime().approvals();
    }

    private String status(String id) {
        return orders.stored("PurchaseOrder", id).path("status").asText();
    }

    private static List<String> told(RuntimeFixture orders) {
        return orders.entities().eventLog().stream().map(EntityEvent::name).toList();
    }

    @Test
    void aCommandThatNeedsNoStageRuns() {
        assertThat(orders.run("PurchaseOrder", "submit", "small", "{}", CLERK).success())
                .isTrue();
    }

    @Test
    void theLastApprovalRunsTheCommandAsItWasCalled() {
        String id = requested(orders, "large", "{'note':'for the party'}");
        assertThat(status("large")).isEqualTo("draft");

        ApprovalAnswer first = desk().approve(id, null, MIA);
        assertThat(first.request().status()).isEqualTo(Approval.Status.PENDING);
        assertThat(first.request().pendingStages()).containsExactly("manager");
        ApprovalAnswer second = desk().approve(id, "manager", MAX);

        assertThat(second.request().status()).isEqualTo(Approval.Status.GRANTED);
        assertThat(second.request().outcome().path("success").asBoolean()).isTrue();
        assertThat(second.request().used()).isTrue();
        assertThat(orders.stored("PurchaseOrder", "large").path("note").asText())
                .isEqualTo("for the party");
        assertThat(told(orders))
                .containsExactly(
                        "PurchaseRequested",
                        "ApprovalStageGranted",
                        "ApprovalStageGranted",
                        "PurchaseApproved",
                        "Submitted");
        EntityEvent approved = orders.entities().eventLog().get(3);
        assertThat(approved.channel()).isEqualTo("purchase.approved");
        assertThat(approved.payload().path("by").asText()).isEqualTo("max");
        assertThat(orders.stored("Inbox", "inbox").path("waiting").asInt()).isEqualTo(1);
    }

    @Test
    void onlyWhoThePolicyAllowsApprovesAndOnlyOnce() {
        String id = requested(orders, "large", "{}");

        assertThat(desk().approve(id, null, CLERK).refusal().code()).isEqualTo(RefusalCode.POLICY_DENIED);
        assertThat(desk().approve(id, null, Caller.anonymous()).refusal().code())
                .isEqualTo(RefusalCode.POLICY_DENIED);
        assertThat(desk().approve(id, "director", DORA).refusal().code()).isEqualTo(RefusalCode.POLICY_DENIED);
        assertThat(desk().approve(id, null, MIA).refusal()).isNull();
        assertThat(desk().approve(id, null, MIA).refusal().code()).isEqualTo(RefusalCode.POLICY_DENIED);
        assertThat(desk().approve("nothing", null, MIA).refusal().code()).isEqualTo(RefusalCode.APPROVAL_NOT_FOUND);
        assertThat(status("large")).isEqualTo("draft");
    }

    @Test
    void aSecondCallWaitsForTheSameRequestAndAnotherCallForItsOwn() {
        String id = requested(orders, "large", "{'note':'a'}");
        assertThat(requested(orders, "large", "{'note':'a'}")).isEqualTo(id);
        assertThat(requested(orders, "large", "{'note':'b'}")).isNotEqualTo(id);
        assertThat(told(orders)).containsExactly("PurchaseRequested", "PurchaseRequested");
    }

    @Test
    void aGrantIsUsedUpByTheCommandThatRan() {
        String id = requested(orders, "large", "{}");
        desk().approve(id, null, MIA);
        desk().approve(id, null, MAX);
        assertThat(status("large")).isEqualTo("submitted");
        assertThat(desk().approve(id, null, DORA).refusal().code()).isEqualTo(RefusalCode.APPROVAL_CLOSED);
        assertThat(orders.run("PurchaseOrder", "submit", "large", "{}", CLERK)
                        .refusal()
                        .code())
                .isEqualTo(RefusalCode.GUARD_FAILED);
    }

    @Test
    void aGrantWhoseCommandIsRefusedStaysGoodForTheSameCall() {
        String a = requested(orders, "large", "{'note':'a'}");
        String b = requested(orders, "large", "{'note':'b'}");
        desk().approve(a, null, MIA);
        desk().approve(a, null, MAX);
        desk().approve(b, null, MIA);
        ApprovalRequest late = desk().approve(b, null, MAX).request();

        assertThat(late.status()).isEqualTo(Approval.Status.GRANTED);
        assertThat(late.outcome().path("code").asText()).isEqualTo("GUARD_FAILED");
        assertThat(late.used()).isFalse();
        assertThat(orders.stored("PurchaseOrder", "large").path("note").asText())
                .isEqualTo("a");
    }

    @Test
    void aRejectionEndsTheRequestAndTheNextCallMakesANewOne() {
        String id = requested(orders, "huge", "{}");
        assertThat(desk().reject(id, "no", Caller.user("eve", "cook")).refusal().code())
                .isEqualTo(RefusalCode.POLICY_DENIED);

        ApprovalRequest rejected = desk().reject(id, "no budget", DORA).request();

        assertThat(rejected.status()).isEqualTo(Approval.Status.DENIED);
        assertThat(rejected.rejection().reason()).isEqualTo("no budget");
        assertThat(desk().approve(id, null, MIA).refusal().code()).isEqualTo(RefusalCode.APPROVAL_CLOSED);
        assertThat(requested(orders, "huge", "{}")).isNotEqualTo(id);
        assertThat(told(orders)).containsExactly("PurchaseRequested", "ApprovalDenied", "PurchaseRequested");
        assertThat(desk().reject(requested(orders, "large", "{}"), "changed my mind", CLERK)
                        .refusal())
                .as("who asked may withdraw")
                .isNull();
    }

    @Test
    void whatNobodyDecidesInTimeExpires() {
        String id = requested(orders, "large", "{}");
        assertThat(desk().expire(10)).isZero();
        orders.moveTo(Instant.parse("2026-03-04T10:00:00Z"));
        assertThat(desk().approve(id, null, MIA).refusal().code())
                .as("before the sweep comes by")
                .isEqualTo(RefusalCode.APPROVAL_CLOSED);

        assertThat(desk().expire(10)).isEqualTo(1);

        assertThat(desk().find(id, CLERK).orElseThrow().status()).isEqualTo(Approval.Status.EXPIRED);
        assertThat(told(orders)).containsExactly("PurchaseRequested", "ApprovalExpired");
        assertThat(desk().expire(10)).isZero();
    }

    @Test
    void anEscalationHandsTheRequestOnOnceAndThenItExpires() {
        RuntimeFixture escalating = fixture(
                "on_timeout: escalate { to: self.amount > 100 ? \"board\" : \"boss\" status: pending timeout: 24 }");
        String id = requested(escalating, "large", "{}");
        escalating.moveTo(Instant.parse("2026-03-04T10:00:00Z"));

        assertThat(escalating.runtime().approvals().expire(10)).isEqualTo(1);
        ApprovalRequest escalated =
                escalating.runtime().approvals().find(id, CLERK).orElseThrow();
        assertThat(escalated.status()).isEqualTo(Approval.Status.PENDING);
        assertThat(escalated.escalation().to().asText()).isEqualTo("board");
        assertThat(escalated.expiresAt()).isEqualTo(Instant.parse("2026-03-05T10:00:00Z"));

        escalating.moveTo(Instant.parse("2026-03-05T10:00:00Z"));
        assertThat(escalating.runtime().approvals().expire(10)).isEqualTo(1);
        assertThat(told(escalating)).containsExactly("PurchaseRequested", "ApprovalEscalated", "ApprovalExpired");
    }

    @Test
    void anEscalationThatGrantsRunsTheCommand() {
        RuntimeFixture granting = fixture("on_timeout: escalate { to: \"nobody\" status: granted timeout: none }");
        requested(granting, "large", "{}");
        granting.moveTo(Instant.parse("2026-03-04T10:00:00Z"));
        granting.runtime().approvals().expire(10);
        assertThat(granting.stored("PurchaseOrder", "large").path("status").asText())
                .isEqualTo("submitted");
    }

    @Test
    void requestsAreListedByStatusAndInstance() {
        String large = requested(orders, "large", "{}");
        String huge = requested(orders, "huge", "{}");
        desk().reject(huge, "no", DORA);

        assertThat(ids(Approval.Status.PENDING, null)).containsExactly(large);
        assertThat(ids(null, "huge")).containsExactly(huge);
        assertThat(ids(null, null)).containsExactlyInAnyOrder(large, huge);
        assertThat(desk().list(
                                new ApprovalStore.Wanted("elsewhere", null, null, null, null, 10),
                                CLERK.inTenant("elsewhere")))
                .isEmpty();
        assertThat(desk().find(large, CLERK.inTenant("elsewhere"))).isEmpty();
        assertThat(desk().find(large, CLERK).orElseThrow().toPublicJson().toString())
                .contains("\"requestedBy\":\"carl\"")
                .doesNotContain("context");
    }

    private List<String> ids(Approval.Status status, String instance) {
        return desk()
                .list(new ApprovalStore.Wanted("default", status, "PurchaseOrder", instance, null, 10), CLERK)
                .stream()
                .map(ApprovalRequest::id)
                .toList();
    }

    @Test
    void whatDoesNotExistYetCannotBeApproved() {
        CommandResult result = orders.run("PurchaseOrder", "submit", null, "{'id':'new','amount':500}", CLERK);
        assertThat(result.refusal().code()).isEqualTo(RefusalCode.APPROVAL_REQUIRED);
        assertThat(orders.runtime().get("PurchaseOrder", "new", CLERK)).isEmpty();
    }
}
