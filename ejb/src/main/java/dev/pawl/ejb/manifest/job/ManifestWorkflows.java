package dev.pawl.ejb.manifest.job;

import dev.pawl.api.CodeWorkflow;
import dev.pawl.api.None;
import dev.pawl.api.Pipeline;
import dev.pawl.api.WorkflowSource;
import dev.pawl.manifest.host.Entities;
import dev.pawl.manifest.host.LivePrograms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;

/** The workflows by which the engine does what entity commands leave to it. */
@ApplicationScoped
public class ManifestWorkflows implements WorkflowSource {

    static final String COMMAND = "manifest-command";
    static final String EFFECT = "manifest-effect";
    static final String SAGA = "manifest-saga";

    /** Asked when a run is executed, which is after everything has been put together. */
    @Inject
    private Instance<Entities> entities;

    @Inject
    private Instance<Effects> effects;

    @Inject
    private Instance<JobDesk> desk;

    @Inject
    private Instance<LivePrograms> programs;

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(
                Pipeline.named(COMMAND, None.class)
                        .describedAs("An async command of a Manifest program")
                        .thenWithoutInput(new RunCommandStage(desk.get(), entities::get))
                        .build(),
                Pipeline.named(EFFECT, None.class)
                        .describedAs("An effect that a command of a Manifest program has asked for")
                        .thenWithoutInput(new PerformEffectStage(desk.get(), effects::get))
                        .build());
    }

    @Override
    public List<CodeWorkflow<?, ?>> code() {
        return List.of(new CodeWorkflow<>(
                SAGA,
                1,
                "A saga of a Manifest program",
                RunSaga.class,
                () -> new RunSaga(desk.get(), entities::get, () -> programs.get()
                        .runtime()
                        .sagas())));
    }
}
