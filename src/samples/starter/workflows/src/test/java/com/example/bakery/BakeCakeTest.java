package com.example.bakery;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.bakery.BakeCake.Cake;
import com.example.bakery.BakeCake.Order;
import dev.pawl.testkit.TestEngine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BakeCakeTest {

    @Test
    void aCakeIsDoneAfterFortyMinutesThoughTheServerDies() {
        var engine = TestEngine.with(new BakeCake(new Oven())).crashAfter("put-in");
        var run = engine.start(BakeCake.class, new Order("cheesecake"));
        engine.advance(Duration.ofMinutes(40));

        assertThat(run.output(Cake.class).looks()).isEqualTo("cheesecake, golden brown");
        assertThat(run.executions("take-out")).isEqualTo(1);
    }
}
