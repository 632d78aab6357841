package dev.pawl.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.limit.Breaker;
import dev.pawl.engine.port.BreakerStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link BreakerStore} keeps to. */
@Tag("R-04")
public abstract class BreakerStoreContract extends StoreContract {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private BreakerStore breakers() {
        return fixture().breakers();
    }

    private void saved(String name, Breaker breaker) {
        committing(() -> {
            breakers().lock(name);
            breakers().save(name, breaker, NOW);
        });
    }

    @Test
    void aBreakerNobodyKnowsIsClosed() {
        assertThat(commit(() -> breakers().lock("gateway"))).isEqualTo(Breaker.CLOSED);
        assertThat(commit(() -> breakers().notClosed())).isEmpty();
    }

    @Test
    void aBreakerIsKeptAsItIs() {
        Breaker failing =
                Breaker.CLOSED.failed(NOW, 3, A_MINUTE, A_MINUTE).failed(NOW.plusSeconds(1), 3, A_MINUTE, A_MINUTE);
        saved("failing", failing);
        Breaker open = Breaker.CLOSED.opened(NOW, A_MINUTE);
        saved("open", open);
        Breaker probing = open.probing(NOW.plusSeconds(60), A_MINUTE).probing(NOW.plusSeconds(61), A_MINUTE);
        saved("probing", open);
        saved("probing", probing);
        assertThat(commit(() -> breakers().lock("failing"))).isEqualTo(failing);
        assertThat(commit(() -> breakers().notClosed())).isEqualTo(Map.of("open", open, "probing", probing));
    }

    @Test
    void aBreakerIsLockedByOneAtATime() {
        Held first = held(() -> {
            breakers().lock("gateway");
            breakers().save("gateway", Breaker.CLOSED.opened(NOW, A_MINUTE), NOW);
        });
        Future<Breaker> second = elsewhere(() -> breakers().lock("gateway"));
        assertWaits(second);
        first.commit();
        assertThat(get(second).state()).isEqualTo(Breaker.State.OPEN);
    }

    @Test
    void closedBreakersAreForgottenInTime() {
        saved("closed", Breaker.CLOSED);
        saved("open", Breaker.CLOSED.opened(NOW, A_MINUTE));
        assertThat(commit(() -> breakers().forget(NOW, 10))).isZero();
        assertThat(commit(() -> breakers().forget(NOW.plusSeconds(1), 10))).isEqualTo(1);
        assertThat(commit(() -> breakers().notClosed())).containsOnlyKeys("open");
    }
}
