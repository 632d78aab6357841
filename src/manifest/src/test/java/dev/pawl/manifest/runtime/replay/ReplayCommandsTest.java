package dev.pawl.manifest.runtime.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.RuntimeFixture;
import dev.pawl.manifest.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-14")
class ReplayCommandsTest {
    private static final String TICKET = """
            entity Ticket {
              property required id: string
              property code: string = ""
              property soldAt: number = 0
              property uses: number = 0
              command sell() {
                mutate code = uuid()
                mutate soldAt = now()
                emit TicketSold { code: self.code }
              }
              command use() {
                guard self.uses < 1
                mutate uses = self.uses + %s
                emit TicketUsed
              }
            }
            store Ticket in memory
            event TicketSold: "ticket.sold" { code: string }
            event TicketUsed: "ticket.used" { result: number }
            """;

    private final RuntimeFixture tickets = RuntimeFixture.of(TICKET.formatted("1"));

    @Test
    void whatWasRecordedReplaysWithoutAMismatch() {
        assertThat(replay(tickets, recorded())).isEmpty();
    }

    @Test
    void aChangedProgramIsFoundByWhatItDoesOtherwise() {
        List<Mismatch> mismatches = replay(RuntimeFixture.of(TICKET.formatted("2")), recorded());

        assertThat(mismatches)
                .extracting(mismatch -> mismatch.index() + mismatch.pointer())
                .containsExactly(
                        "1/result",
                        "1/instance/uses",
                        "1/emittedEvents/0/payload/result",
                        "2/guardFailure/resolved/0/value");
        assertThat(mismatches.get(0).toJson())
                .hasToString("{\"index\":1,\"pointer\":\"/result\",\"expected\":1,\"actual\":2}");
    }

    @Test
    void aMissingOrAdditionalEventIsAMismatch() {
        List<RecordedCommand> recorded = recorded();
        ((ObjectNode) recorded.get(1).result()).putArray("emittedEvents");

        assertThat(replay(tickets, recorded)).extracting(Mismatch::pointer).containsExactly("/emittedEvents/0");
    }

    @Test
    void aRecordWithoutACommandIsRefused() {
        assertThatThrownBy(() -> RecordedCommand.fromJson(RuntimeFixture.json("{'entity':'Ticket'}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/command");
        assertThatThrownBy(() -> RecordedCommand.fromJson(RuntimeFixture.json("{'command':'sell','at':'yesterday'}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/at");
    }

    /** Sold, used, and refused the second time. */
    private List<RecordedCommand> recorded() {
        List<RecordedCommand> recorded = new ArrayList<>();
        CommandResult sold = tickets.run("Ticket", "sell", null, "{}");
        String id = sold.instance().id();
        String code = sold.instance().properties().get("code").asText();
        recorded.add(record("sell", null, sold, "['" + id + "','" + code + "']"));
        recorded.add(record("use", id, tickets.run("Ticket", "use", id, "{}"), "[]"));
        recorded.add(record("use", id, tickets.run("Ticket", "use", id, "{}"), "[]"));
        assertThat(recorded.get(2).result().get("success").asBoolean()).isFalse();
        return recorded;
    }

    private static RecordedCommand record(String command, String id, CommandResult result, String ids) {
        ObjectNode json = RuntimeFixture.json(
                "{'entity':'Ticket','command':'" + command + "','at':'2026-03-01T10:00:00Z','ids':" + ids + "}");
        json.put("id", id);
        json.set("result", result.toJson());
        return RecordedCommand.fromJson(json);
    }

    private static List<Mismatch> replay(RuntimeFixture programs, List<RecordedCommand> recorded) {
        return new ReplayCommands(programs.runtime(), RuntimeOptions.DEFAULT).run(recorded);
    }
}
