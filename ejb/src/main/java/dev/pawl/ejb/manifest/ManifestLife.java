package dev.pawl.ejb.manifest;

import dev.pawl.manifest.host.Deployment;
import dev.pawl.manifest.host.ProgramSource;
import dev.pawl.manifest.host.ShippedPrograms;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys the programs that come with the application once the schema is there, and from then on takes up what other
 * servers deploy. A program that is broken is reported and left out; the others run.
 */
@Singleton
@Startup
@DependsOn("EngineLife")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ManifestLife {

    private static final Logger LOG = LoggerFactory.getLogger(ManifestLife.class);

    @Inject
    private DeployedPrograms programs;

    @Inject
    private ProgramWatch watch;

    @PostConstruct
    void start() {
        new ShippedPrograms(Thread.currentThread().getContextClassLoader())
                .all()
                .forEach(this::install);
        programs.look();
        LOG.info(
                "Programs deployed: {}",
                programs.live().programs().stream()
                        .map(program -> program.stored().source().name() + " "
                                + program.stored().version())
                        .toList());
        watch.begin();
    }

    private void install(ProgramSource source) {
        Deployment deployment = programs.install(source);
        if (deployment instanceof Deployment.Broken broken) {
            LOG.error("Program {} of the application is broken: {}", source.name(), broken.diagnostics());
        } else if (deployment instanceof Deployment.Clashing clashing) {
            LOG.error("Program {} of the application is refused: {}", source.name(), clashing.message());
        }
    }
}
