package dev.pawl.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerReplyTest {

    @Test
    void aReplyTellsTimesAndFaults() {
        assertThat(PeerReply.of("done\t2000000\t1500,250\tstep 1 of run 7 was executed 2 times"))
                .isEqualTo(new PeerReply(
                        Duration.ofMillis(2), List.of(1.5, 0.25), "step 1 of run 7 was executed 2 times"));
        assertThat(PeerReply.of("done\t0\t\t")).isEqualTo(new PeerReply(Duration.ZERO, List.of(), ""));
    }

    @Test
    void aFailureIsTold() {
        assertThatThrownBy(() -> PeerReply.of("failed\tno database")).hasMessageContaining("no database");
    }
}
