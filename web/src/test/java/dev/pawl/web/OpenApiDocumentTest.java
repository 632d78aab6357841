package dev.pawl.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.pawl.api.Artifact;
import dev.pawl.api.local.JobCounts;
import dev.pawl.engine.command.AnnotateRun;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.ClaimPending;
import dev.pawl.engine.command.FlushOutbox;
import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.command.PollSuspended;
import dev.pawl.engine.command.PublishEvents;
import dev.pawl.engine.command.ReapStale;
import dev.pawl.engine.command.RepairRuns;
import dev.pawl.engine.command.ReplayDeadLetters;
import dev.pawl.engine.command.SignalRun;
import dev.pawl.engine.command.StartMachine;
import dev.pawl.engine.command.TransitionRun;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.query.AiCallView;
import dev.pawl.engine.query.AiStatistics;
import dev.pawl.engine.query.DeadLetterQueries;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.GraphView;
import dev.pawl.engine.query.InDoubtTransactions;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.MachineView;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.StepView;
import dev.pawl.engine.query.WorkflowView;
import dev.pawl.engine.retention.Purged;
import dev.pawl.engine.work.JobOutcome;
import dev.pawl.engine.work.Maintenance;
import dev.pawl.engine.work.code.ReplayReport;
import dev.pawl.web.ai.AiStatisticsResource;
import dev.pawl.web.ai.RunAiCallResource;
import dev.pawl.web.entity.EntityResource;
import dev.pawl.web.event.EventResource;
import dev.pawl.web.machine.MachineResource;
import dev.pawl.web.manifest.ManifestResource;
import dev.pawl.web.manifest.ReplayResource;
import dev.pawl.web.operation.Batch;
import dev.pawl.web.operation.MaintenanceResource;
import dev.pawl.web.operation.OutboxResource;
import dev.pawl.web.operation.PollRequest;
import dev.pawl.web.operation.TestClockResource;
import dev.pawl.web.operation.TransactionResource;
import dev.pawl.web.run.AnnotateRequest;
import dev.pawl.web.run.AnnotationResource;
import dev.pawl.web.run.AnnotationView;
import dev.pawl.web.run.ArtifactResource;
import dev.pawl.web.run.CancelReason;
import dev.pawl.web.run.RunResource;
import dev.pawl.web.run.SignalResource;
import dev.pawl.web.stream.StreamResource;
import dev.pawl.web.workflow.ReplayCheckResource;
import dev.pawl.web.workflow.StartRun;
import dev.pawl.web.workflow.WorkflowResource;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("J-04")
class OpenApiDocumentTest {

    private static final List<Class<? extends Annotation>> VERBS =
            List.of(GET.class, POST.class, PUT.class, DELETE.class);

    private static final List<Class<?>> RESOURCES = List.of(
            WorkflowResource.class,
            ReplayCheckResource.class,
            RunResource.class,
            ArtifactResource.class,
            SignalResource.class,
            StreamResource.class,
            RunAiCallResource.class,
            AiStatisticsResource.class,
            AnnotationResource.class,
            TransactionResource.class,
            OutboxResource.class,
            MaintenanceResource.class,
            TestClockResource.class,
            MachineResource.class,
            EntityResource.class,
            ManifestResource.class,
            ReplayResource.class,
            EventResource.class);

    private static final Set<String> CONTRACT = Set.of(
            "GET /api/workflows",
            "GET /api/workflows/{id}",
            "POST /api/workflows/{id}/runs",
            "POST /api/workflows/{id}/replay-check",
            "GET /api/runs",
            "GET /api/runs/{runId}",
            "GET /api/runs/{runId}/events",
            "GET /api/runs/{runId}/steps",
            "GET /api/runs/{runId}/logs",
            "GET /api/runs/{runId}/annotations",
            "POST /api/runs/{runId}/annotations",
            "GET /api/runs/{runId}/artifacts",
            "GET /api/runs/{runId}/artifacts/{key}",
            "PUT /api/runs/{runId}/artifacts/{key}",
            "DELETE /api/runs/{runId}/artifacts/{key}",
            "GET /api/runs/{runId}/stream",
            "GET /api/stream",
            "GET /api/runs/{runId}/ai-calls",
            "GET /api/ai-calls/statistics",
            "POST /api/runs/{runId}/cancel",
            "POST /api/runs/{runId}/pause",
            "POST /api/runs/{runId}/resume",
            "POST /api/runs/{runId}/retry",
            "POST /api/runs/{runId}/rerun",
            "POST /api/maintenance/jobs",
            "POST /api/maintenance/claim",
            "POST /api/maintenance/poll",
            "POST /api/maintenance/reap",
            "POST /api/maintenance/flush",
            "POST /api/maintenance/repair",
            "POST /api/runs/{runId}/transition",
            "POST /api/runs/{runId}/steps/{stepId}/execute",
            "GET /api/transactions/in-doubt",
            "GET /api/outbox/dead-letters",
            "POST /api/outbox/replay",
            "POST /api/maintenance/tick",
            "POST /api/test/clock",
            "POST /api/maintenance/purge",
            "GET /api/machines/{id}/{instance}",
            "PUT /api/machines/{id}/{instance}",
            "POST /api/machines/{id}/{instance}/events/{event}",
            "GET /api/entities/{entity}",
            "POST /api/entities/{entity}",
            "GET /api/entities/{entity}/{id}",
            "POST /api/entities/{entity}/commands/{command}",
            "POST /api/entities/{entity}/{id}/commands/{command}",
            "GET /api/manifests",
            "POST /api/manifests",
            "GET /api/manifests/{name}",
            "GET /api/manifests/openapi",
            "POST /api/manifests/compile",
            "POST /api/replays",
            "POST /api/runs/{runId}/signals/{name}",
            "GET /api/runs/{runId}/queries/{name}",
            "POST /api/events",
            "GET /api/events",
            "GET /api/events/tree");

    private final JsonNode document = document();

    @Test
    void theResourcesAreThoseOfTheContract() {
        Set<String> found = RESOURCES.stream()
                .flatMap(resource -> operations(resource)
                        .map(method -> verb(method) + " " + PawlApplication.PATH + path(resource) + path(method)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found).isEqualTo(new TreeSet<>(CONTRACT));
    }

    @Test
    void everyOperationIsDescribedAndItsReferencesExist() {
        for (Class<?> resource : RESOURCES) {
            operations(resource).forEach(method -> {
                assertThat(method.getAnnotation(Operation.class))
                        .as(method.toString())
                        .isNotNull();
                for (APIResponse response : method.getAnnotationsByType(APIResponse.class)) {
                    if (!response.ref().isEmpty()) {
                        assertThat(document.at("/components/responses/" + response.ref()))
                                .as(response.ref())
                                .isNotEmpty();
                    } else if (!response.responseCode().equals("204")) {
                        String schema = response.content()[0].schema().ref();
                        assertThat(document.at("/components/schemas/" + schema))
                                .as(schema)
                                .isNotEmpty();
                    }
                }
            });
        }
    }

    static Stream<Map.Entry<String, Class<?>>> records() {
        return Stream.of(
                Map.entry("Run", RunView.class),
                Map.entry("Stage", RunView.StageView.class),
                Map.entry("Checkpoint", StepView.class),
                Map.entry("ReplayReport", ReplayReport.class),
                Map.entry("ReplayBreach", ReplayReport.Breach.class),
                Map.entry("Signalled", SignalRun.Signalled.class),
                Map.entry("Accepted", PublishEvents.Accepted.class),
                Map.entry("Waiting", RunView.Waiting.class),
                Map.entry("Totals", RunView.Totals.class),
                Map.entry("Failure", Failure.class),
                Map.entry("FieldError", FieldError.class),
                Map.entry("Event", EventView.class),
                Map.entry("Log", LogView.class),
                Map.entry("Artifact", Artifact.class),
                Map.entry("AiCall", AiCallView.class),
                Map.entry("AiFigures", AiStatistics.Sum.class),
                Map.entry("AiStatistics", AiStatistics.class),
                Map.entry("Annotation", AnnotationView.class),
                Map.entry("AnnotationItem", AnnotateRun.Item.class),
                Map.entry("AnnotateRequest", AnnotateRequest.class),
                Map.entry("Annotated", AnnotateRun.Annotated.class),
                Map.entry("StartRun", StartRun.class),
                Map.entry("CancelReason", CancelReason.class),
                Map.entry("Cancellation", CancelRun.Cancellation.class),
                Map.entry("Pause", PauseRun.Paused.class),
                Map.entry("Workflow", WorkflowView.class),
                Map.entry("Graph", GraphView.class),
                Map.entry("GraphNode", GraphView.NodeView.class),
                Map.entry("GraphGroup", GraphView.GroupView.class),
                Map.entry("GraphEdge", GraphView.EdgeView.class),
                Map.entry("MachineTransition", WorkflowView.TransitionView.class),
                Map.entry("DeadLetter", DeadLetterQueries.DeadLetterView.class),
                Map.entry("ReplayDeadLetters", OutboxResource.Replay.class),
                Map.entry("ReplayedDeadLetters", ReplayDeadLetters.Replayed.class),
                Map.entry("InDoubt", InDoubtTransactions.InDoubtView.class),
                Map.entry("Batch", Batch.class),
                Map.entry("PollRequest", PollRequest.class),
                Map.entry("Claimed", ClaimPending.Claimed.class),
                Map.entry("Polled", PollSuspended.Due.class),
                Map.entry("Reaped", ReapStale.Reaped.class),
                Map.entry("Flushed", FlushOutbox.Flushed.class),
                Map.entry("Repaired", RepairRuns.Repaired.class),
                Map.entry("Transition", TransitionRun.Transitioned.class),
                Map.entry("JobOutcome", JobOutcome.class),
                Map.entry("JobCounts", JobCounts.class),
                Map.entry("TickCounts", Maintenance.TickCounts.class),
                Map.entry("Purged", Purged.class),
                Map.entry("MachineInstance", MachineView.class),
                Map.entry("MachineMove", StartMachine.Instance.class));
    }

    @ParameterizedTest
    @MethodSource("records")
    void aSchemaHasTheMembersOfItsRecord(Map.Entry<String, Class<?>> pair) {
        Set<String> described = new TreeSet<>();
        document.at("/components/schemas/" + pair.getKey() + "/properties")
                .fieldNames()
                .forEachRemaining(described::add);

        assertThat(described)
                .isEqualTo(Arrays.stream(pair.getValue().getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void theStatusesAreThoseOfTheModel() {
        assertThat(names("RunStatus")).isEqualTo(names(RunStatus.values()));
        assertThat(names("StepStatus")).isEqualTo(names(StepStatus.values()));
    }

    @Test
    void theAnswersOfAJobAreThoseOfTheEngine() {
        assertThat(names("JobOutcome/properties/answer")).isEqualTo(names(JobOutcome.Answer.values()));
        assertThat(names("Transition/properties/result")).isEqualTo(names(TransitionRun.Result.values()));
    }

    private Set<String> names(String schema) {
        Set<String> names = new TreeSet<>();
        document.at("/components/schemas/" + schema + "/enum").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static Set<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Method> operations(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods())
                .filter(method -> VERBS.stream().anyMatch(method::isAnnotationPresent));
    }

    private static String verb(Method method) {
        return VERBS.stream()
                .filter(method::isAnnotationPresent)
                .findFirst()
                .orElseThrow()
                .getSimpleName();
    }

    private static String path(java.lang.reflect.AnnotatedElement element) {
        Path path = element.getAnnotation(Path.class);
        return path == null ? "" : path.value().replace(": .+}", "}");
    }

    private static JsonNode document() {
        try (var yaml = OpenApiDocumentTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
            return new YAMLMapper().readTree(yaml);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
