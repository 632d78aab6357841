package dev.pawl.acceptance.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.server.HttpApi.Reply;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands that wait for the approval of others. */
@ExtendWith(SecuredServer.class)
@Tag("M-17")
class ApprovalsIT {

    private static final String ORDERS = """
            entity BigOrder {
              property required id: string
              property amount: number = 0
              property status: string = "draft"
              command submit(note: string = "") {
                guard self.status == "draft"
                mutate status = "submitted"
                emit BigOrderSubmitted
              }
              approval submitApproval {
                command: submit
                stages {
                  manager { policy: user.role == "manager" required: 1 }
                  director { policy: user.role == "director" required: 1 when: self.amount > 10000 }
                }
                timeout: 72
                on_timeout: "cancel"
                emit BigOrderRequested
                emit BigOrderGranted
              }
            }
            store BigOrder in postgres
            event BigOrderSubmitted: "order.submitted" { id: string }
            event BigOrderRequested: "order.requested" { id: string }
            event BigOrderGranted: "order.granted" { id: string }
            """;

    private static SecuredServer.Running running;
    private static EntityApi clerk;

    @BeforeAll
    static void deploy(SecuredServer.Running secured) {
        running = secured;
        clerk = running.as("carl", "clerk");
        Reply deployed = running.api().deploy("big-orders", ORDERS);
        assertThat(deployed.status()).as(deployed.text()).isIn(200, 201);
    }

    private static String order(int amount) {
        String id = UUID.randomUUID().toString();
        assertThat(clerk.create("BigOrder", "{\"id\":\"" + id + "\",\"amount\":" + amount + "}")
                        .status())
                .isEqualTo(201);
        return id;
    }

    private static String requested(String order) {
        Reply waiting = clerk.run("BigOrder", order, "submit", "{}");
        assertThat(waiting.status()).as(waiting.text()).isEqualTo(409);
        assertThat(waiting.json().path("code").asText()).isEqualTo("APPROVAL_REQUIRED");
        return waiting.json().at("/approvalRequired/id").asText();
    }

    private static Reply decide(EntityApi who, String id, String what, String body) {
        return who.send("POST", "/api/approvals/" + id + "/" + what, body, Map.of());
    }

    private static String status(String order) {
        return clerk.instance("BigOrder", order).path("status").asText();
    }

    @Test
    void theLastApprovalRunsTheCommandForWhoCalledIt() {
        String order = order(20_000);
        String id = requested(order);
        assertThat(requested(order))
                .as("the same call waits for the same request")
                .isEqualTo(id);

        assertThat(decide(running.api(), id, "approve", "{}").status()).isEqualTo(403);
        assertThat(decide(clerk, id, "approve", "{}").status()).isEqualTo(403);
        Reply first = decide(running.as("mia", "manager"), id, "approve", "{}");
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.json().at("/pendingStages/0").asText()).isEqualTo("director");
        assertThat(status(order)).isEqualTo("draft");
        Reply last = decide(running.as("dora", "director"), id, "approve", "{\"stage\":\"director\"}");

        assertThat(last.json().path("status").asText()).isEqualTo("granted");
        assertThat(last.json().at("/result/success").asBoolean()).isTrue();
        assertThat(status(order)).isEqualTo("submitted");
        assertThat(clerk.history("BigOrder", order))
                .extracting(event -> event.path("name").asText())
                .containsExactly(
                        "BigOrderRequested",
                        "ApprovalStageGranted",
                        "ApprovalStageGranted",
                        "BigOrderGranted",
                        "BigOrderSubmitted");
        assertThat(decide(running.as("mia", "manager"), id, "approve", "{}").status())
                .isEqualTo(409);
    }

    @Test
    void aRejectionLeavesTheInstanceAsItWas() {
        String order = order(5);
        String id = requested(order);
        assertThat(decide(running.as("mia", "manager"), id, "reject", "{}").status())
                .as("without a reason")
                .isEqualTo(400);
        Reply rejected = decide(running.as("mia", "manager"), id, "reject", "{\"reason\":\"no budget\"}");
        assertThat(rejected.json().path("status").asText()).isEqualTo("denied");
        assertThat(rejected.json().at("/rejection/by").asText()).isEqualTo("mia");
        assertThat(status(order)).isEqualTo("draft");
        assertThat(requested(order)).isNotEqualTo(id);
    }

    @Test
    void requestsAreListedAndReadWithoutTheContextOfTheirCaller() {
        String order = order(5);
        String id = requested(order);
        JsonNode listed = clerk.get("/api/approvals?status=pending&entity=BigOrder&id=" + order)
                .json();
        assertThat(listed.path("items")).hasSize(1);
        assertThat(listed.at("/items/0/requestedBy").asText()).isEqualTo("carl");
        assertThat(clerk.get("/api/approvals/" + id).text()).doesNotContain("context");
        assertThat(clerk.get("/api/approvals/nothing").status()).isEqualTo(404);
        assertThat(running.as("ann", "tenant:bistro")
                        .get("/api/approvals/" + id)
                        .status())
                .as("of another tenant")
                .isEqualTo(404);
        assertThat(clerk.get("/api/approvals?status=soon").status()).isEqualTo(400);
    }
}
