package com.example.bakery;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.bakery.BakeBread.Baked;
import com.example.bakery.BakeBread.Batch;
import dev.pawl.api.local.Entities;
import dev.pawl.api.local.EntityCommand;
import dev.pawl.api.local.EntityResult;
import dev.pawl.testkit.TestEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BakeBreadTest {

    private final List<EntityCommand> commands = new ArrayList<>();
    private final Entities entities = new Entities() {
        @Override
        public EntityResult execute(EntityCommand command) {
            commands.add(command);
            return new EntityResult(true, Map.of());
        }

        @Override
        public Optional<Map<String, Object>> find(String entity, String id) {
            return Optional.empty();
        }
    };

    @Test
    void loavesAreInTheBasketAfterFortyMinutesThoughTheServerDies() {
        var engine = TestEngine.with(new BakeBread(new Oven(), entities)).crashAfter("put-in");
        var run = engine.start(BakeBread.class, new Batch("window", 12));
        engine.advance(Duration.ofMinutes(39));
        assertThat(commands).isEmpty();
        engine.advance(Duration.ofMinutes(1));

        assertThat(run.output(Baked.class).loaves()).isEqualTo(12);
        assertThat(commands).singleElement().satisfies(command -> {
            assertThat(command.instanceId()).isEqualTo("window");
            assertThat(command.input()).isEqualTo(Map.of("count", 12));
        });
    }
}
