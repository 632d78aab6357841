package dev.pawl.jms.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.TakeStep;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKey;
import dev.pawl.jms.contract.JobMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeliverJobTest {

    private static final StepKey STEP = new StepKey(new RunId("r1"), "s1");

    private final AtomicInteger wakeUps = new AtomicInteger();
    private final List<StepKey> executed = new ArrayList<>();
    private final DeliverJob jobs = new DeliverJob(wakeUps::incrementAndGet, step -> {
        executed.add(step);
        return new TakeStep.Result(TakeStep.Answer.COMPLETED, Optional.empty(), Optional.of(Payload.of("{\"n\":1}")));
    });

    @Test
    void aWakeUpWakes() {
        assertThat(jobs.deliver(JobMessage.WAKE_UP.text())).isEmpty();
        assertThat(wakeUps).hasValue(1);
        assertThat(JobMessage.WAKE_UP.text()).isEqualTo("{\"kind\":\"work\"}");
    }

    @Test
    void whatIsNotUnderstoodWakesToo() {
        assertThat(jobs.deliver("good morning")).isEmpty();
        assertThat(jobs.deliver("{\"kind\":\"work\",\"more\":1}")).isEmpty();
        assertThat(wakeUps).hasValue(2);
        assertThat(executed).isEmpty();
    }

    @Test
    @Tag("K-13")
    void aStepByNameIsExecutedAndItsFateAnswered() {
        assertThat(jobs.deliver(JobMessage.of(STEP).text()))
                .map(JsonCodec::write)
                .contains("{\"ok\":true,\"result\":{\"answer\":\"COMPLETED\",\"output\":{\"n\":1}}}");
        assertThat(executed).containsExactly(STEP);
        assertThat(wakeUps).hasValue(0);
    }

    @Test
    void aRefusedStepIsAnsweredWithTheReason() {
        DeliverJob refusing = new DeliverJob(wakeUps::incrementAndGet, step -> {
            throw new RefusedException(Refusal.of(RefusalCode.STAGE_NOT_FOUND, "no such stage"));
        });

        assertThat(refusing.deliver(JobMessage.of(STEP).text()))
                .map(JsonCodec::write)
                .contains("{\"ok\":false,\"error\":{\"code\":\"STAGE_NOT_FOUND\",\"message\":\"no such stage\"}}");
    }
}
