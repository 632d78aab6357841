package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.manifest.runtime.port.EffectHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules a program declares beyond guards and constraints: properties, effects, approvals, jobs. */
class DeclaredRulesTest {
    private static final String PERSON = """
            enum Mood { calm cross }
            entity Person {
              property required id: string
              property required name: string
              property unique mail: string?
              property readonly born: date?
              property mood: Mood = calm
              property tags: string[] = []
              property age: number = 0
              command rename(name: string?) { mutate name = name }
              command rebirth(born: date) { mutate born = born }
              command feel(mood: Mood) { mutate mood = mood }
              command register(mail: string) { mutate mail = mail }
              command divide(by: number) { mutate age = self.age / by }
            }
            store Person in memory
            """;

    private final RuntimeFixture people = RuntimeFixture.of(PERSON);

    @Test
    void aRequiredPropertyMustHaveAValue() {
        assertThat(people.run("Person", "create", null, "{}").error()).contains("Property 'name' is required");
        assertThat(people.run("Person", "rename", null, "{'name':'Ada'}").success())
                .isTrue();
        people.given("Person", "{'id':'p1','name':'Ada'}");
        assertThat(people.run("Person", "rename", "p1", "{'name':null}").blockers())
                .extracting(ConstraintOutcome::code)
                .containsExactly("E_REQUIRED");
    }

    @Test
    void anIdIsShortAndWithoutControlCharactersWhereverItComesFrom() {
        RuntimeFixture pairs = RuntimeFixture.of("""
                entity Pair {
                  key [left, right]
                  property required left: string
                  property required right: string
                }
                """);
        assertThat(pairs.run("Pair", "create", null, "{'left':'a','right':'b'}")
                        .instance()
                        .id())
                .isEqualTo("a|b");
        for (String right : List.of("x".repeat(300), "\\u0000", "a\\tb")) {
            CommandResult refused = pairs.run("Pair", "create", null, "{'left':'a','right':'" + right + "'}");
            assertThat(refused.refusal().code()).isEqualTo(RefusalCode.INVALID_INPUT);
        }
    }

    @Test
    void uniqueReadonlyAndTypedPropertiesHoldOnEveryWrite() {
        people.given("Person", "{'id':'p1','name':'Ada','mail':'a@x','born':'1990-01-01'}");
        people.given("Person", "{'id':'p2','name':'Bob'}");

        assertThat(people.run("Person", "register", "p2", "{'mail':'a@x'}").error())
                .contains("Another Person has the same 'mail'");
        assertThat(people.run("Person", "register", "p1", "{'mail':'a@x'}").success())
                .isTrue();
        assertThat(people.run("Person", "rebirth", "p1", "{'born':'1991-01-01'}")
                        .error())
                .contains("Property 'born' cannot be changed");
        assertThat(people.run("Person", "rebirth", "p1", "{'born':'1990-01-01'}")
                        .success())
                .isTrue();
        assertThat(people.run("Person", "create", null, "{'name':'Eve','born':'1990-02-30'}")
                        .error())
                .contains("Property 'born' must be a date as YYYY-MM-DD, got '1990-02-30'");
        assertThat(people.run("Person", "feel", "p1", "{'mood':'angry'}")
                        .refusal()
                        .code())
                .isEqualTo(RefusalCode.INVALID_INPUT);
        assertThat(people.run("Person", "create", null, "{'name':'Eve','tags':['a',1]}")
                        .error())
                .hasValueSatisfying(error -> assertThat(error).contains("must be an array"));
        assertThat(people.run("Person", "divide", "p1", "{'by':0}").blockers())
                .extracting(ConstraintOutcome::code)
                .containsExactly("E_TYPE");
    }

    @Test
    @Tag("M-14")
    void effectsNeedAHandlerAndAreRefusedInDeterministicMode() {
        String mailer = """
                entity Letter {
                  property required id: string
                  property sent: string = ""
                  command send(to: string) {
                    mutate sent = to
                    effect mail = to
                  }
                }
                store Letter in memory
                """;
        List<EffectHandler.Effect> taken = new ArrayList<>();
        RuntimeFixture letters = RuntimeFixture.of(
                mailer,
                RuntimeOptions.DEFAULT,
                ports -> ports.withEffects(new EffectHandler() {
                    @Override
                    public boolean performs(String name) {
                        return name.equals("mail");
                    }

                    @Override
                    public void take(EffectHandler.Effect effect) {
                        taken.add(effect);
                    }
                }));
        RuntimeFixture dry = RuntimeFixture.of(mailer, RuntimeOptions.DEFAULT.withDeterministic(true));
        RuntimeFixture bare = RuntimeFixture.of(mailer);

        CommandResult accepted = letters.run("Letter", "send", null, "{'to':'Ada'}");
        assertThat(accepted.result().path("status").asText()).isEqualTo("pending");
        assertThat(taken).singleElement().satisfies(effect -> {
            assertThat(effect.id()).isEqualTo(accepted.result().path("effectId").asText());
            assertThat(effect.name()).isEqualTo("mail");
            assertThat(effect.argument().asText()).isEqualTo("Ada");
            assertThat(effect.subject().instanceId())
                    .isEqualTo(accepted.instance().id());
        });
        CommandResult refused = dry.run("Letter", "send", null, "{'id':'l1','to':'Ada'}");
        assertThat(refused.refusal().code()).isEqualTo(RefusalCode.EFFECT_REFUSED);
        assertThat(dry.runtime().get("Letter", "l1", Caller.anonymous())).isEmpty();
        assertThat(bare.run("Letter", "send", null, "{'to':'Ada'}").refusal().code())
                .isEqualTo(RefusalCode.EFFECT_REFUSED);
    }

    @Test
    @Tag("M-17")
    void anAsyncCommandBecomesAJobAfterItsGuards() {
        String jobs = """
                entity Report {
                  property required id: string
                  property rows: number = 0
                  async command build(rows: number) {
                    guard rows > 0
                    mutate rows = rows
                  }
                }
                store Report in memory
                """;
        List<String> queued = new ArrayList<>();
        RuntimeFixture reports = RuntimeFixture.of(
                jobs,
                RuntimeOptions.DEFAULT,
                ports -> ports.withJobs(job -> {
                    queued.add(job.command() + job.input());
                    return Optional.of("job-1");
                }));
        reports.given("Report", "{'id':'r1'}");
        Caller worker =
                Caller.anonymous().with("source", TextNode.valueOf("job")).with("jobId", TextNode.valueOf("job-1"));

        CommandResult queuedNow = reports.run("Report", "build", "r1", "{'rows':3}");
        CommandResult guarded = reports.run("Report", "build", "r1", "{'rows':0}");
        CommandResult run = reports.run("Report", "build", "r1", "{'rows':3}", worker);

        assertThat(queuedNow.result().get("jobId").asText()).isEqualTo("job-1");
        assertThat(guarded.refusal().code()).isEqualTo(RefusalCode.GUARD_FAILED);
        assertThat(queued).containsExactly("build{\"rows\":3}");
        assertThat(run.instance().properties().get("rows").asInt()).isEqualTo(3);
        assertThat(run.emittedEvents()).extracting(event -> event.name()).containsExactly("buildCompleted");
        assertThat(queuedNow.job()).isEqualTo("job-1");
        assertThat(run.job()).isNull();
        assertThat(reports.run("Report", "build", "r1", "{'rows':0}", worker).success())
                .isFalse();
        assertThat(reports.entities().eventLog())
                .extracting(event -> event.name())
                .containsExactly("buildCompleted", "buildFailed");
        assertThat(RuntimeFixture.of(jobs)
                        .run("Report", "build", null, "{'rows':1}")
                        .refusal()
                        .code())
                .isEqualTo(RefusalCode.MISSING_JOB_QUEUE);
    }
}
