package dev.pawl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.bench.BenchmarkPlan.Part;
import dev.pawl.bench.peer.PeerEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchmarkPlanTest {

    @Test
    void withoutOptionsEverythingIsMeasured() {
        BenchmarkPlan plan = BenchmarkPlan.of("");

        assertThat(plan.parts()).containsExactlyInAnyOrder(Part.values());
        assertThat(plan.runs()).containsOnlyKeys(1, 16, 64);
        assertThat(plan.burst()).isEqualTo(1000);
    }

    @Test
    void optionsMayComeInOneArgument() {
        BenchmarkPlan plan = BenchmarkPlan.of("burst=10000 parts=burst,sequence runs=2:5", "keys=true");

        assertThat(plan.burst()).isEqualTo(10_000);
        assertThat(plan.parts()).containsExactlyInAnyOrder(Part.BURST, Part.SEQUENCE);
        assertThat(plan.runs()).isEqualTo(Map.of(2, 5));
        assertThat(plan.keys()).isTrue();
    }

    @Test
    void anUnknownOptionIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> BenchmarkPlan.of("bursts=7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'bursts=7'")
                .hasMessageContaining("burstClients=16");
        assertThatThrownBy(() -> BenchmarkPlan.of("burst=many")).hasMessageContaining("burst must be a number");
    }

    @Test
    void otherEnginesAreMeasuredWhenTheyAreNamed() {
        assertThat(BenchmarkPlan.of("").peers()).isEmpty();
        BenchmarkPlan plan = BenchmarkPlan.of("parts= peers=dbos,db-scheduler");

        assertThat(plan.peers()).containsExactly(PeerEngine.DBOS, PeerEngine.DB_SCHEDULER);
        assertThat(plan.parts()).isEmpty();
        assertThat(plan.hasStand()).isTrue();
        assertThatThrownBy(() -> BenchmarkPlan.of("peers=dbso"))
                .hasMessageContaining("'dbso'")
                .hasMessageContaining("flowable");
    }
}
