package dev.pawl.ejb.manifest;

import dev.pawl.ejb.lookout.Watch;
import dev.pawl.engine.port.StoreUnavailableException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up programs that were deployed on other servers, once this one has deployed those that come with the application. */
@ApplicationScoped
public class ProgramWatch implements Watch {

    private static final Logger LOG = LoggerFactory.getLogger(ProgramWatch.class);

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @Inject
    private Instance<DeployedPrograms> programs;

    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean begun;
    private volatile @Nullable BigDecimal seen;

    /** From now on. */
    void begin() {
        begun = true;
    }

    @Override
    public String question() {
        return "select max(position) from pawl_manifest";
    }

    @Override
    public boolean drives() {
        return false;
    }

    @Override
    public Optional<Instant> told(@Nullable BigDecimal position, Instant now) {
        if (begun && position != null && !position.equals(seen) && looking.compareAndSet(false, true)) {
            try {
                executor.execute(() -> look(position));
            } catch (RejectedExecutionException e) {
                looking.set(false);
                LOG.debug("There is no thread; the next look comes", e);
            }
        }
        return Optional.empty();
    }

    private void look(BigDecimal position) {
        try {
            programs.get().look();
            seen = position;
        } catch (StoreUnavailableException e) {
            LOG.debug("Programs are looked for again", e);
        } catch (RuntimeException e) {
            LOG.warn("Programs could not be looked for; the next look comes", e);
        } finally {
            looking.set(false);
        }
    }
}
