package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.manifest.runtime.port.CausalTree;
import dev.pawl.manifest.runtime.port.EntityEvent;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-17")
class ReactionsTest {
    private static final String FAMILY = """
            entity Parent {
              property required id: string
              property status: string = "active"
              property total: number = 0
              hasMany children: Child
              command deactivate() {
                mutate status = "inactive"
                emit ParentDeactivated
              }
              command addUp(total: number) { mutate total = total }
            }
            entity Child {
              property required id: string
              property parentId: string = ""
              property size: number = 1
              property status: string = "active"
              belongsTo parent: Parent
              command deactivate() {
                guard self.size > 0
                mutate status = "inactive"
                emit ChildDeactivated { parentId: self.parentId }
              }
            }
            entity Notice {
              property required id: string
              property childId: string = ""
              property sizeThen: number = 0
              command create(childId: string, sizeThen: number) {
                mutate childId = childId
                mutate sizeThen = sizeThen
              }
            }
            store Parent in memory
            store Child in memory
            store Notice in memory
            event ParentDeactivated: "parent.deactivated" { parentId: string }
            event ChildDeactivated: "child.deactivated" { parentId: string }
            on ParentDeactivated fanOut Child where parentId = self.id
              run deactivate
            on ParentDeactivated fanOut Child where parentId = payload._subject.id
              run Notice.create
              params { childId: self.id sizeThen: self.size }
            on ChildDeactivated run Parent.addUp
              resolve self.parentId
              params { total: sum(Child where parentId == payload.parentId, status == "inactive", of size) }
            """;

    @Test
    void reactionsRunOnEveryMatchingRowInTheSameFlow() {
        RuntimeFixture family = family(RuntimeOptions.DEFAULT);

        CommandResult result = family.run("Parent", "deactivate", "p1", "{}");

        assertThat(result.success()).isTrue();
        assertThat(family.stored("Child", "c1").get("status").asText()).isEqualTo("inactive");
        assertThat(family.stored("Child", "c2").get("status").asText()).isEqualTo("inactive");
        assertThat(family.stored("Child", "other").get("status").asText()).isEqualTo("active");
        assertThat(family.stored("Parent", "p1").get("total").asInt()).isEqualTo(5);
        assertThat(family.runtime()
                        .query(InstanceQuery.of("Notice"), Caller.anonymous())
                        .items())
                .extracting(notice -> notice.properties().get("childId").asText()
                        + notice.properties().get("sizeThen"))
                .containsExactlyInAnyOrder("c12", "c23", "c30");
        assertThat(result.emittedEvents())
                .extracting(event -> event.trace().correlationId())
                .containsOnly(result.correlationId());
    }

    @Test
    @Tag("M-10")
    void theLogIsATreeOfCauses() {
        RuntimeFixture family = family(RuntimeOptions.DEFAULT);
        CommandResult result = family.run("Parent", "deactivate", "p1", "{}");

        List<EntityEvent> events = family.entities()
                .inTransaction(work -> work.events().byCorrelation(Caller.DEFAULT_TENANT, result.correlationId()));
        CausalTree tree = CausalTree.of(events);

        assertThat(tree.roots()).hasSize(1);
        assertThat(tree.roots().get(0).event().name()).isEqualTo("ParentDeactivated");
        assertThat(tree.roots().get(0).effects())
                .extracting(node -> node.event().name())
                .containsExactly("ChildDeactivated", "ChildDeactivated");
    }

    @Test
    void aRefusedReactionIsToldAndChangesNothingElse() {
        RuntimeFixture family = family(RuntimeOptions.DEFAULT);

        CommandResult result = family.run("Parent", "deactivate", "p1", "{}");

        assertThat(result.reactions())
                .filteredOn(reaction -> !reaction.success())
                .extracting(ReactionOutcome::instanceId, ReactionOutcome::error)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("c3", "Guard condition failed for command 'deactivate'"));
        assertThat(family.stored("Child", "c3").get("status").asText()).isEqualTo("active");
    }

    @Test
    void aHostThatDeliversEventsItselfAsksForTheirCommands() {
        RuntimeFixture family = family(RuntimeOptions.DEFAULT.withReactions(RuntimeOptions.Reactions.BY_THE_HOST));

        CommandResult result = family.run("Parent", "deactivate", "p1", "{}");
        List<CommandCall> calls =
                family.runtime().reactionsTo(result.emittedEvents().get(0), Caller.user("relay"));

        assertThat(family.stored("Child", "c1").get("status").asText()).isEqualTo("active");
        assertThat(calls)
                .extracting(CommandCall::type)
                .containsExactly(
                        "Child.deactivate",
                        "Child.deactivate",
                        "Child.deactivate",
                        "Notice.create",
                        "Notice.create",
                        "Notice.create");
        assertThat(calls)
                .extracting(call -> call.options().causationId())
                .containsOnly(result.emittedEvents().get(0).id());
        for (int delivery = 0; delivery < 2; delivery++) {
            calls.forEach(family.runtime()::execute);
        }
        assertThat(family.runtime()
                        .query(InstanceQuery.of("Notice"), Caller.anonymous())
                        .items())
                .hasSize(3);
    }

    @Test
    void aChainWithoutEndRefusesItsFirstCommandAndLeavesNothing() {
        RuntimeFixture echoes = RuntimeFixture.of("""
                entity Echo {
                  property required id: string
                  property count: number = 0
                  command shout() {
                    mutate count = self.count + 1
                    emit Shouted
                  }
                }
                store Echo in memory
                event Shouted: "echo.shouted" { result: number }
                on Shouted run Echo.shout
                  resolve payload._subject.id
                """);
        echoes.given("Echo", "{'id':'e1'}");

        CommandResult result = echoes.run("Echo", "shout", "e1", "{}");

        assertThat(result.refusal().code()).isEqualTo(RefusalCode.REACTION_DEPTH_EXCEEDED);
        assertThat(echoes.stored("Echo", "e1").get("count").asInt()).isZero();
        assertThat(echoes.entities().eventLog()).isEmpty();
    }

    private static RuntimeFixture family(RuntimeOptions options) {
        RuntimeFixture family = RuntimeFixture.of(FAMILY, options);
        family.given("Parent", "{'id':'p1'}");
        family.given("Child", "{'id':'c1','parentId':'p1','size':2}");
        family.given("Child", "{'id':'c2','parentId':'p1','size':3}");
        family.given("Child", "{'id':'c3','parentId':'p1','size':0}");
        family.given("Child", "{'id':'other','parentId':'p2'}");
        return family;
    }
}
