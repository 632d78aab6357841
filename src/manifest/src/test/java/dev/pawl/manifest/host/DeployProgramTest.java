package dev.pawl.manifest.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.RuntimeOptions;
import dev.pawl.manifest.runtime.RuntimePorts;
import dev.pawl.manifest.syntax.Grammar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-16")
class DeployProgramTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String NOTE = "entity Note { property required id: string }\nstore Note in memory\n";
    private static final String PING = "command ping() { compute pong = 1 }\n";

    private final ProgramsInMemory store = new ProgramsInMemory();
    private final DeployProgram deploy = new DeployProgram(store, () -> NOW);
    private final List<String> leftOut = new ArrayList<>();
    private final LivePrograms live = new LivePrograms(
            store,
            RuntimePorts.inMemory(() -> NOW),
            RuntimeOptions.DEFAULT,
            (program, reason) -> leftOut.add(program.source().name() + ": " + reason));

    private static ProgramSource source(String name, String text) {
        return new ProgramSource(name, Grammar.EXTENDED, text);
    }

    private Deployment deploy(String name, String text) {
        return deploy.deploy(source(name, text), "ada");
    }

    @Test
    void eachNewTextIsTheNextVersionAndTheSameTextIsNone() {
        Deployment first = deploy("notes", NOTE);
        Deployment again = deploy("notes", NOTE);
        Deployment second = deploy("notes", NOTE + "// changed\n");

        assertThat(first).isInstanceOfSatisfying(Deployment.Deployed.class, deployed -> {
            assertThat(deployed.fresh()).isTrue();
            assertThat(deployed.program().version()).isEqualTo(1);
            assertThat(deployed.program().deployedBy()).isEqualTo("ada");
            assertThat(deployed.program().deployedAt()).isEqualTo(NOW);
        });
        assertThat(((Deployment.Deployed) again).fresh()).isFalse();
        assertThat(((Deployment.Deployed) second).program().version()).isEqualTo(2);
        assertThat(store.all).hasSize(2);
    }

    @Test
    void aBrokenProgramChangesNothingAndSaysWhere() {
        deploy("notes", NOTE);

        Deployment broken = deploy("notes", "entity Note { property }");
        Deployment unfit = deploy("notes", NOTE + "// \u0000");

        assertThat(((Deployment.Broken) broken).diagnostics().get(0).line()).isEqualTo(1);
        assertThat(((Deployment.Broken) unfit).diagnostics().get(0).message()).contains("NUL");
        assertThat(store.all).hasSize(1);
    }

    @Test
    void whatOneProgramDeclaresNoOtherMay() {
        deploy("notes", NOTE + PING);

        Deployment entity = deploy("more", NOTE);
        Deployment command = deploy("pings", PING);

        assertThat(((Deployment.Clashing) entity).message()).contains("entity 'Note'", "program 'notes'");
        assertThat(((Deployment.Clashing) command).message()).contains("command 'ping'", "program 'notes'");
        assertThat(store.all).hasSize(1);
    }

    @Test
    void aTextOfTheApplicationDoesNotReplaceWhatWasSentAfterIt() {
        deploy.install(source("notes", NOTE));
        deploy("notes", NOTE + "// sent\n");

        deploy.install(source("notes", NOTE));
        assertThat(store.versions("notes").get(0).origin()).isEqualTo(StoredProgram.Origin.REQUEST);

        deploy.install(source("notes", NOTE + "// shipped\n"));
        assertThat(store.versions("notes").get(0).origin()).isEqualTo(StoredProgram.Origin.APPLICATION);
        assertThat(store.versions("notes").get(0).version()).isEqualTo(3);
    }

    @Test
    void aLookTakesUpNewVersionsAndCostsOneQuestionOtherwise() {
        deploy("notes", NOTE);
        assertThat(live.entity("Note")).isEmpty();

        assertThat(live.look()).isTrue();
        assertThat(live.look()).isFalse();

        assertThat(store.timesRead)
                .as("once by the deployment, once by the look")
                .isEqualTo(2);
        assertThat(store.positionsAsked).isEqualTo(2);
        assertThat(live.entity("Note")).isPresent();
        assertThat(live.isInMemory("Note")).isTrue();
        assertThat(live.runtime().execute(CommandCall.of("Note", "create")).success())
                .isTrue();
    }

    @Test
    void aKeptProgramThatDoesNotCompileIsReportedAndLeavesTheOthersRunning() {
        deploy("notes", NOTE);
        store.add(new StoredProgram(
                source("old", "entity Old { gone }"), 1, "hash", StoredProgram.Origin.REQUEST, "ada", NOW));
        store.add(new StoredProgram(source("zz", NOTE), 1, "hash", StoredProgram.Origin.REQUEST, "ada", NOW));

        live.look();

        assertThat(leftOut).hasSize(2);
        assertThat(leftOut.get(0)).startsWith("old: it does not compile any more");
        assertThat(leftOut.get(1)).startsWith("zz: The entity 'Note' belongs to the program 'notes'");
        assertThat(live.programs()).hasSize(1);
    }

    @Test
    void aProgramHasAName() {
        assertThatThrownBy(() -> source("", NOTE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> source("../x", NOTE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFilesTheIndexNamesAreThePrograms() {
        List<ProgramSource> shipped = new ShippedPrograms(DeployProgramTest.class.getClassLoader()).all();

        assertThat(shipped).extracting(ProgramSource::name).containsExactly("shipped");
        assertThat(shipped.get(0).text()).startsWith("entity Shipped");
    }

    @Test
    @Tag("M-17")
    void whatTheServerCannotDoIsRefusedRatherThanLeftOut() {
        Deployment refused = deploy("patients", """
                entity Patient {
                  property required id: string
                  property encrypted ssn: string = ""
                  hasMany visits: Visit onDelete: cascade
                }
                entity Visit {
                  property required id: string
                  property patientId: string = ""
                  belongsTo patient: Patient onDelete: noAction
                  command remind() { mutate patientId = self.patientId }
                }
                store Patient in memory
                store Visit in memory
                schedule never {
                  cron "61 * * * *"
                  run Visit.remind
                }
                """);

        assertThat(refused).isInstanceOfSatisfying(Deployment.Broken.class, broken -> assertThat(broken.diagnostics())
                .filteredOn(finding -> finding.severity() == dev.pawl.manifest.syntax.Diagnostic.Severity.ERROR)
                .extracting(finding -> finding.message())
                .satisfiesExactly(
                        message -> assertThat(message).contains("'ssn'", "encrypted"),
                        message -> assertThat(message).contains("'visits'", "onDelete: cascade"),
                        message -> assertThat(message).contains("'never'", "never due")));
        assertThat(store.all).isEmpty();
    }
}
