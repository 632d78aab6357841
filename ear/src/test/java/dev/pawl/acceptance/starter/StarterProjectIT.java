package dev.pawl.acceptance.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.LibertyServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An author's own application: its archive, and what runs in it. */
@Tag("J-11")
class StarterProjectIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Path application;
    private static LibertyServer server;

    @BeforeAll
    static void build() throws IOException {
        application = StarterProject.build();
        server = LibertyServer.in(Path.of("target/acceptance/starter"))
                .application(application)
                .variable("pawl.test.clock-movable", "true")
                .build()
                .start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String start(String workflow, Map<String, ?> input) {
        HttpApi.Reply reply = server.http().post("/api/workflows/" + workflow + "/runs", Map.of("input", input));
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply.json().path("id").asText();
    }

    private static void awaitCompleted(String id) {
        Await.until("run " + id + " to be completed", PATIENCE, () -> run(id).path("status")
                .asText()
                .equals("COMPLETED"));
    }

    private static JsonNode run(String id) {
        return server.http().get("/api/runs/" + id).json();
    }

    @Test
    void theArchiveHoldsTheProductAndTheAuthorsWorkButNoSamples() throws IOException {
        try (ZipFile archive = new ZipFile(application.toFile())) {
            List<String> names = archive.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .contains(
                            "pawl-ejb.jar",
                            "pawl-jms.jar",
                            "pawl-web.war",
                            "lib/pawl-engine.jar",
                            "lib/pawl-manifest.jar",
                            "lib/pawl-ai.jar",
                            "lib/bakery-workflows.jar")
                    .noneMatch(name -> name.contains("pawl-samples") || name.contains("pdfbox"))
                    .noneMatch(name -> name.contains("testkit") || name.contains("junit"));
        }
        assertThat(server.http().get("/api/workflows").text())
                .contains("bake-bread", "price-loaf")
                .doesNotContain("document-processor", "expense-approval");
    }

    @Test
    void theAuthorsWorkflowRunsWithWhatItInjectsAndCommitsWithTheAuthorsProgram() {
        assertThat(server.http()
                        .post("/api/entities/BreadBasket", Map.of("id", "window"))
                        .status())
                .isEqualTo(201);
        String id = start("bake-bread", Map.of("basket", "window", "loaves", 12));
        Await.until("the loaves to be in the oven", PATIENCE, () -> run(id).at("/waiting/0/reason")
                .asText()
                .equals("TIMER"));
        server.http().post("/api/test/clock", Map.of("advance", "PT40M"));

        awaitCompleted(id);
        assertThat(run(id).at("/output/loaves").asInt()).isEqualTo(12);
        assertThat(loaves("window")).isEqualTo(12);
        assertThat(server.logged("12 loaves are in the oven")).hasSize(1);
    }

    @Test
    void theAuthorsStageRuns() {
        String id = start("price-loaf", Map.of("cents", Map.of("flour", 50, "seeds", 20)));

        awaitCompleted(id);
        assertThat(run(id).at("/output/cents").asInt()).isEqualTo(140);
    }

    @Test
    void theAuthorsProgramTakesCommands() {
        server.http().post("/api/entities/BreadBasket", Map.of("id", "counter"));

        HttpApi.Reply filled =
                server.http().post("/api/entities/BreadBasket/counter/commands/fill", Map.of("count", 3));

        assertThat(filled.status()).as(filled.text()).isEqualTo(200);
        assertThat(loaves("counter")).isEqualTo(3);
    }

    private static int loaves(String basket) {
        return server.http()
                .get("/api/entities/BreadBasket/" + basket)
                .json()
                .findPath("loaves")
                .asInt();
    }
}
