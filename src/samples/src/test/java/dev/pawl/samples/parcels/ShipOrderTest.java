package dev.pawl.samples.parcels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.RunStatus;
import dev.pawl.samples.parcels.DeliverParcel.Delivered;
import dev.pawl.samples.parcels.DeliverParcel.Parcel;
import dev.pawl.samples.parcels.ShipOrder.Order;
import dev.pawl.samples.parcels.ShipOrder.Shipped;
import dev.pawl.testkit.CrashMatrix;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W-12")
@Tag("J-10")
class ShipOrderTest {

    private static final Order ORDER = new Order(List.of(new Parcel("p-1"), new Parcel("p-2"), new Parcel("p-3")));

    private final List<String> done = new ArrayList<>();
    private final TestEngine engine = deploy((what, key) -> done.add(what));

    private static TestEngine deploy(BiConsumer<String, String> notes) {
        Carrier carrier = new Carrier() {
            @Override
            public void collect(String parcel, String key) {
                notes.accept("collect " + parcel, key);
            }

            @Override
            public void claimDamages(String parcel, String key) {
                notes.accept("claim " + parcel, key);
            }
        };
        return TestEngine.with(new ShipOrder(carrier), new DeliverParcel(carrier));
    }

    private static void arrive(TestEngine engine, String parcel) {
        engine.publish(DeliverParcel.ARRIVED, parcel, new Delivered("Ann"));
    }

    @Test
    void threeParcelsAreUnderWayAtTheSameTime() {
        TestRun run = engine.start(ShipOrder.class, ORDER);
        assertThat(done).containsExactlyInAnyOrder("collect p-1", "collect p-2", "collect p-3");
        arrive(engine, "p-3");
        arrive(engine, "p-1");
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        arrive(engine, "p-2");

        assertThat(run.output(Shipped.class)).isEqualTo(new Shipped(List.of("p-1", "p-2", "p-3"), List.of()));
        assertThat(run.eventTypes()).filteredOn("child:started"::equals).hasSize(3);
    }

    @Test
    void aLostParcelIsPaidForWhileTheOthersArrive() {
        TestRun run = engine.start(ShipOrder.class, ORDER);
        arrive(engine, "p-1");
        arrive(engine, "p-3");
        engine.advance(DeliverParcel.PATIENCE);

        assertThat(run.output(Shipped.class)).isEqualTo(new Shipped(List.of("p-1", "p-3"), List.of("p-2")));
        assertThat(done).endsWith("claim p-2");
        assertThat(run.eventTypes()).contains("child:failed");
    }

    @Test
    void parcelsAreCancelledWithTheirOrder() {
        TestRun run = engine.start(ShipOrder.class, ORDER);
        run.cancel("no longer wanted");
        engine.advance(Duration.ofDays(30));

        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(done).hasSize(3);
    }

    @Test
    void whereverTheServerDiesEachParcelIsCollectedUnderOneKey() {
        CrashMatrix.of(trial -> {
                    TestEngine dying = trial.engine(deploy(trial.effects()::happen));
                    TestRun run = dying.start(ShipOrder.class, ORDER);
                    arrive(dying, "p-1");
                    arrive(dying, "p-2");
                    dying.advance(DeliverParcel.PATIENCE);
                    assertThat(run.output(Shipped.class).lost()).containsExactly("p-3");
                    assertThat(trial.effects().distinct("collect p-2")).isEqualTo(1);
                    assertThat(trial.effects().distinct("claim p-3")).isEqualTo(1);
                })
                .verify();
    }
}
