package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded;
import dev.pawl.manifest.runtime.expression.EvaluationLimits;
import dev.pawl.manifest.runtime.port.EntityEvent;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CommandExecutionTest {
    private static final String DOOR = """
            entity Door {
              property required id: string
              property status: string = "open"
              property turns: number = 0
              property owner: string?
              constraint fewTurns: self.turns < 3 "The door is worn out"
              transition status from "open" to ["closed"]
              transition status from "closed" to ["open", "locked"]
              command turn(to: string) {
                mutate turns = self.turns + 1
                mutate status = to
                emit DoorTurned
              }
              command rename(owner: string) {
                mutate owner = owner
                compute shouted = toUpperCase(owner)
                emit DoorRenamed { owner: self.owner, shouted: shouted }
              }
              command inspect() { emit DoorInspected }
            }
            store Door in memory
            event DoorTurned: "door.turned" { to: string }
            event DoorRenamed: "door.renamed" { owner: string }
            event DoorInspected: "door.inspected" { id: string }
            """;

    private final RuntimeFixture doors = RuntimeFixture.of(DOOR);

    @Test
    @Tag("M-09")
    void aTransitionThatIsNotDeclaredRefusesTheWholeCommand() {
        doors.given("Door", "{'id':'d1'}");

        CommandResult result = doors.run("Door", "turn", "d1", "{'to':'zzz'}");

        assertThat(result.error())
                .contains("Invalid state transition for 'status': 'open' -> 'zzz' is not allowed. Allowed from"
                        + " 'open': ['closed']");
        assertThat(result.refusal().code()).isEqualTo(RefusalCode.INVALID_TRANSITION);
        assertThat(doors.stored("Door", "d1").get("turns").asInt()).isZero();
        assertThat(doors.entities().eventLog()).isEmpty();
    }

    @Test
    @Tag("M-05")
    void anEntityConstraintViolatedByTheMutationsRefusesTheWholeCommand() {
        doors.given("Door", "{'id':'d1','turns':2}");

        CommandResult result = doors.run("Door", "turn", "d1", "{'to':'closed'}");

        assertThat(result.error()).contains("The door is worn out");
        assertThat(result.blockers()).extracting(ConstraintOutcome::code).containsExactly("fewTurns");
        assertThat(doors.stored("Door", "d1").get("status").asText()).isEqualTo("open");
        assertThat(doors.entities().eventLog()).isEmpty();
    }

    @Test
    @Tag("M-05")
    void anInputKeepsItsValueWhenAPropertyOfTheSameNameIsWritten() {
        doors.given("Door", "{'id':'d1','owner':'Ada'}");

        CommandResult result = doors.run("Door", "rename", "d1", "{'owner':'Grace'}");

        assertThat(result.emittedEvents().get(0).payload())
                .isEqualTo(RuntimeFixture.json("{'owner':'Grace','shouted':'GRACE'}"));
        assertThat(doors.stored("Door", "d1").has("shouted")).isFalse();
    }

    @Test
    @Tag("M-06")
    void anUnknownInstanceIsARefusal() {
        CommandResult result = doors.run("Door", "turn", "nobody", "{'to':'closed'}");

        assertThat(result.refusal().code()).isEqualTo(RefusalCode.INSTANCE_NOT_FOUND);
        assertThat(doors.runtime().get("Door", "nobody", Caller.anonymous())).isEmpty();
    }

    @Test
    @Tag("M-06")
    void aCommandWithoutAnIdCreatesTheInstanceAndRuns() {
        CommandResult made = doors.run("Door", "turn", null, "{'to':'closed'}");
        CommandResult named = doors.run("Door", "turn", null, "{'id':'d9','owner':'Ada','to':'closed'}");

        assertThat(made.success()).isTrue();
        assertThat(doors.stored("Door", made.instance().id()).get("status").asText())
                .isEqualTo("closed");
        assertThat(named.instance().id()).isEqualTo("d9");
        assertThat(doors.stored("Door", "d9").get("owner").asText()).isEqualTo("Ada");
        assertThat(named.instance().version()).isEqualTo(1);
    }

    @Test
    @Tag("M-06")
    void everyEntityHasAnImplicitCreateThatCreatesOnce() {
        CommandResult created = doors.run("Door", "create", null, "{'id':'d1','turns':1}");
        CommandResult again = doors.run("Door", "create", null, "{'id':'d1'}");
        CommandResult under = doors.run("Door", "create", "d2", "{}");

        assertThat(created.instance().properties().get("status").asText()).isEqualTo("open");
        assertThat(again.refusal().code()).isEqualTo(RefusalCode.INSTANCE_EXISTS);
        assertThat(under.instance().id()).isEqualTo("d2");
    }

    @Test
    @Tag("M-06")
    void theInputIsCheckedAgainstTheParameters() {
        doors.given("Door", "{'id':'d1'}");

        CommandResult result = doors.run("Door", "turn", "d1", "{'to':7,'speed':1}");
        CommandResult missing = doors.run("Door", "turn", "d1", "{}");

        assertThat(result.refusal().code()).isEqualTo(RefusalCode.INVALID_INPUT);
        assertThat(((Refusal.InvalidInput) result.refusal().detail()).errors())
                .extracting(FieldError::pointer)
                .containsExactly("/speed", "/to");
        assertThat(missing.toJson().at("/errors/0/pointer").asText()).isEqualTo("/to");
    }

    @Test
    @Tag("K-27")
    void versionsStartAtOneAndOnlyWritesCount() {
        doors.given("Door", "{'id':'d1'}");

        assertThat(doors.run("Door", "inspect", "d1", "{}").instance().version())
                .isEqualTo(1);
        assertThat(doors.run("Door", "turn", "d1", "{'to':'closed'}").instance().version())
                .isEqualTo(2);
    }

    @Test
    @Tag("M-12")
    void aStaleVersionIsAConflictThatStaysInTheLog() {
        doors.given("Door", "{'id':'d1'}");
        doors.run("Door", "turn", "d1", "{'to':'closed'}");

        CommandResult result = doors.runtime()
                .execute(CommandCall.of("Door", "turn", "d1")
                        .with(RuntimeFixture.json("{'to':'open'}"))
                        .with(CallOptions.NONE.withExpectedVersion(1L)));

        assertThat(result.error()).contains("Concurrency conflict on Door#d1: expected version 1, actual 2");
        assertThat(result.toJson().at("/concurrencyConflict/conflictCode").asText())
                .isEqualTo("VERSION_MISMATCH");
        EntityEvent last = doors.entities().eventLog().get(1);
        assertThat(last.name()).isEqualTo("ConcurrencyConflict");
        assertThat(last.payload().get("actualVersion").asInt()).isEqualTo(2);
    }

    @Test
    @Tag("M-12")
    void aVersionGivenAsInputMustBeTheStoredOne() {
        RuntimeFixture notes = RuntimeFixture.of("""
                entity Note {
                  property required id: string
                  property text: string = ""
                  versionProperty version: number
                  versionAtProperty versionAt: number
                  command write(text: string) { mutate text = text }
                }
                store Note in memory
                """);
        notes.given("Note", "{'id':'n1'}");

        CommandResult first = notes.run("Note", "write", "n1", "{'text':'a','version':1}");
        CommandResult stale = notes.run("Note", "write", "n1", "{'text':'b','version':1}");

        assertThat(first.instance().properties().get("version").asInt()).isEqualTo(2);
        assertThat(stale.refusal().code()).isEqualTo(RefusalCode.CONCURRENCY_CONFLICT);
        assertThat(notes.stored("Note", "n1").get("text").asText()).isEqualTo("a");
    }

    @Test
    @Tag("M-10")
    void eventsOfACommandShareOneCauseAndCountFromZero() {
        RuntimeFixture lamps = RuntimeFixture.of("""
                entity Lamp {
                  property required id: string
                  property on: boolean = false
                  command flash() {
                    mutate on = true
                    emit LampOn
                    emit LampOff
                  }
                }
                store Lamp in memory
                event LampOn: "lamp.on" { id: string }
                event LampOff: "lamp.off" { id: string }
                """);
        CommandResult plain = lamps.run("Lamp", "flash", null, "{}");
        CommandResult traced = lamps.runtime()
                .execute(CommandCall.of("Lamp", "flash").with(CallOptions.NONE.withTrace("flow-1", "event-7")));

        assertThat(plain.emittedEvents())
                .extracting(event -> event.trace().emitIndex())
                .containsExactly(0, 1);
        assertThat(plain.emittedEvents())
                .extracting(event -> event.trace().causationId())
                .containsOnly(plain.causationId());
        assertThat(traced.emittedEvents())
                .extracting(event -> event.trace().correlationId())
                .containsOnly("flow-1");
        List<EntityEvent> flow =
                lamps.entities().inTransaction(work -> work.events().byCorrelation(Caller.DEFAULT_TENANT, "flow-1"));
        assertThat(flow).extracting(EntityEvent::name).containsExactly("LampOn", "LampOff");
    }

    @Test
    @Tag("M-13")
    void theStepLimitIsOfTheCallAndSettable() {
        RuntimeFixture lists = RuntimeFixture.of("""
                entity Series {
                  property required id: string
                  property numbers: number[] = []
                  property total: number = 0
                  computed doubled: number = sum(self.numbers, (n) => n * 2)
                  constraint small: sum(self.numbers, (n) => n + 1) < 1000000 "Too much"
                  command add() {
                    guard sum(self.numbers, (n) => n + 1) >= 0
                    mutate total = sum(self.numbers)
                  }
                }
                store Series in memory
                """);
        String thousand = "1,".repeat(999) + "1";
        lists.given("Series", "{'id':'s1','numbers':[" + thousand + "]}");

        CommandResult limited = lists.runtime()
                .execute(CommandCall.of("Series", "add", "s1")
                        .with(CallOptions.NONE.withLimits(EvaluationLimits.DEFAULT.withSteps(2000))));

        assertThat(limited.error()).contains("Evaluation budget exceeded: steps limit 2000 reached");
        assertThat(limited.refusal().code()).isEqualTo(RefusalCode.BUDGET_EXCEEDED);
        assertThat(lists.run("Series", "add", "s1", "{}").success()).isTrue();
        ManifestRuntime tight = ManifestRuntime.of(
                lists.runtime().programs(),
                RuntimePorts.on(lists.entities(), java.time.InstantSource.system()),
                RuntimeOptions.DEFAULT.withLimits(new EvaluationLimits(64, 100)));
        Assertions.assertThatThrownBy(() -> tight.evaluateComputed("Series", "s1", "doubled", Caller.anonymous()))
                .isInstanceOf(EvaluationBudgetExceeded.class)
                .hasMessage("Evaluation budget exceeded: steps limit 100 reached");
        Assertions.assertThatThrownBy(() -> tight.checkConstraints(
                        "Series", RuntimeFixture.json("{'numbers':[" + thousand + "]}"), Caller.anonymous()))
                .isInstanceOf(EvaluationBudgetExceeded.class);
    }

    @Test
    @Tag("M-13")
    void deepExpressionsStopAtTheDepthLimit() {
        RuntimeFixture deep = RuntimeFixture.of("entity Deep { property required id: string\n command dig() { guard "
                + "not ".repeat(70) + "true } }\nstore Deep in memory");

        assertThat(deep.run("Deep", "dig", null, "{}").error())
                .contains("Evaluation budget exceeded: depth limit 64 reached");
    }

    @Test
    @Tag("M-13")
    void aPatternThatBacktracksForEverRunsOutOfBudget() {
        RuntimeFixture texts = RuntimeFixture.of("""
                entity Text {
                  property required id: string
                  command check(text: string) { guard matches(text, "(a*)*(a*)*(a*)*(a*)*b") }
                }
                store Text in memory
                """);

        CommandResult result = texts.run("Text", "check", null, "{'text':'" + "a".repeat(200) + "!'}");

        assertThat(result.refusal().code()).isEqualTo(RefusalCode.BUDGET_EXCEEDED);
    }

    @Test
    void computedPropertiesThatDependOnEachOtherAreUndefined() {
        RuntimeFixture rings = RuntimeFixture.of("""
                entity Ring {
                  property required id: string
                  property size: number = 2
                  computed left: number = self.right + 1
                  computed right: number = self.left + 1
                  computed area: number = self.size * self.size
                }
                store Ring in memory
                """);
        rings.given("Ring", "{'id':'r1'}");

        assertThat(rings.runtime()
                        .evaluateComputed("Ring", "r1", "left", Caller.anonymous())
                        .isMissingNode())
                .isTrue();
        assertThat(rings.values("Ring", "r1")).containsOnlyKeys("id", "size", "area");
    }

    @Test
    void aRefusedCommandTellsItsGuardAndWhatItSaw() {
        RuntimeFixture gates = RuntimeFixture.of("""
                entity Gate {
                  property required id: string
                  property width: number = 2
                  command pass(load: number) {
                    guard load > 0
                    guard load < self.width
                  }
                }
                store Gate in memory
                """);
        gates.given("Gate", "{'id':'g1'}");

        CommandResult result = gates.run("Gate", "pass", "g1", "{'load':5}");

        assertThat(result.error()).contains("Guard condition failed for command 'pass'");
        assertThat(result.toJson().get("guardFailure"))
                .hasToString(
                        "{'index':2,'expression':'load < self.width','formatted':'load < self.width','resolved':[{'expression':'load','value':5},{'expression':'self.width','value':2}]}"
                                .replace('\'', '"'));
        assertThat(List.of(result.warnings(), result.blockers())).containsOnly(List.of());
    }
}
