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
        HttpApi.Reply reply =
                server.http().post("/api/workflows/" + workflow + "/runs?wait=PT30S", Map.of("input", input));
        assertThat(reply.status()).as(reply.text()).isIn(200, 202);
        return reply.json().path("id").asText();
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
                .contains("bake-cake", "price-cake")
                .doesNotContain("document-processor", "expense-approval");
    }

    @Test
    void theAuthorsWorkflowRunsWithWhatItInjects() {
        HttpApi.Reply started =
                server.http().post("/api/workflows/bake-cake/runs", Map.of("input", Map.of("cake", "cheesecake")));
        String id = started.json().path("id").asText();
        Await.until("the cake to be in the oven", Duration.ofSeconds(30), () -> run(id).at("/waiting/0/reason")
                .asText()
                .equals("TIMER"));
        server.http().post("/api/test/clock", Map.of("advance", "PT40M"));

        Await.until("the cake to be done", Duration.ofSeconds(30), () -> run(id).path("status")
                .asText()
                .equals("COMPLETED"));
        assertThat(run(id).at("/output/looks").asText()).isEqualTo("cheesecake, golden brown");
        assertThat(server.logged("cheesecake is in the oven")).hasSize(1);
    }

    @Test
    void theAuthorsStageRuns() {
        String id = start("price-cake", Map.of("cents", Map.of("flour", 50, "eggs", 120)));

        assertThat(run(id).at("/output/cents").asInt()).isEqualTo(340);
    }

    @Test
    void theAuthorsProgramIsDeployed() {
        server.http().post("/api/entities/BreadBasket", Map.of("id", "window"));

        HttpApi.Reply baked = server.http().post("/api/entities/BreadBasket/window/commands/bake", Map.of("count", 12));

        assertThat(baked.status()).as(baked.text()).isEqualTo(200);
        assertThat(server.http().get("/api/entities/BreadBasket/window").json().toString())
                .contains("12");
    }
}
