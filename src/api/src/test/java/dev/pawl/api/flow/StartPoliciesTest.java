package dev.pawl.api.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-06")
class StartPoliciesTest {

    @Test
    void aLimitOfAllAndOnePerKeyStandSideBySide() {
        StartPolicies policies = StartPolicies.of(
                Concurrency.limit(10), Concurrency.perKey("/customer", 1), Fairness.byKey("/customer"));
        assertThat(policies.concurrency()).map(Concurrency::limit).contains(10);
        assertThat(policies.concurrencyPerKey()).map(Concurrency::limit).contains(1);
        assertThat(policies.key()).isEqualTo(Key.at("/customer"));
        assertThat(policies.isFair()).isTrue();
        assertThat(policies.rate()).isEmpty();
    }

    @Test
    void twoKeysAreRefusedWithBothNamed() {
        assertThatThrownBy(() -> StartPolicies.of(
                        Concurrency.perKey("/customer", 1), Debounce.of(Duration.ofSeconds(1), "/document")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/customer")
                .hasMessageContaining("/document");
    }

    @Test
    void aPolicyDeclaredTwiceIsRefused() {
        assertThatThrownBy(() -> StartPolicies.of(Concurrency.limit(1), Concurrency.limit(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> StepPolicies.of(Cache.ttl(Duration.ofDays(1)), Cache.ttl(Duration.ofDays(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void aWorkflowFindsItsKeyInTheInput() {
        assertThatThrownBy(() ->
                        StartPolicies.of(RateLimit.of(1, Duration.ofMinutes(1)).forKey("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pointer");
    }
}
