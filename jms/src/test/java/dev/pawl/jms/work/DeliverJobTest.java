package dev.pawl.jms.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.work.JobOutcome;
import dev.pawl.engine.work.JobOutcome.Answer;
import dev.pawl.jms.contract.JobMessage;
import dev.pawl.jms.contract.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeliverJobTest {

    private static final StepKey STEP = new StepKey(new RunId("r1"), "s1");

    private final AtomicInteger wakeUps = new AtomicInteger();
    private final List<StepKey> executed = new ArrayList<>();
    private final CompletableFuture<JobOutcome> ended = new CompletableFuture<>();
    private final DeliverJob jobs = new DeliverJob(wakeUps::incrementAndGet, step -> {
        executed.add(step);
        return ended;
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
    void aStepByNameIsExecutedAndItsFateAnsweredWhenItHasEnded() {
        CompletableFuture<Reply> reply =
                jobs.deliver(JobMessage.of(STEP, false).text()).orElseThrow();

        assertThat(reply).isNotDone();
        ended.complete(outcome(Answer.COMPLETED));
        assertThat(JsonCodec.write(reply.join()))
                .isEqualTo("{\"ok\":true,\"result\":{\"runId\":\"r1\",\"stageId\":\"s1\",\"answer\":\"COMPLETED\","
                        + "\"output\":1}}");
        assertThat(executed).containsExactly(STEP);
        assertThat(wakeUps).hasValue(0);
    }

    @Test
    @Tag("K-04")
    void underAKeyAStepThatIsHeldIsACommandInProgress() {
        ended.complete(outcome(Answer.HELD));

        assertThat(jobs.deliver(JobMessage.of(STEP, true).text()).orElseThrow().join())
                .extracting(reply -> reply.error().code())
                .isEqualTo("IDEMPOTENCY_IN_PROGRESS");
        assertThat(jobs.deliver(JobMessage.of(STEP, false).text()).orElseThrow().join())
                .extracting(Reply::ok)
                .isEqualTo(true);
    }

    private static JobOutcome outcome(Answer answer) {
        return new JobOutcome(STEP.run(), STEP.stepId(), answer, IntNode.valueOf(1), null);
    }

    @Test
    void aRefusedStepIsAnsweredWithTheReason() {
        DeliverJob refusing = new DeliverJob(wakeUps::incrementAndGet, step -> {
            throw new RefusedException(Refusal.of(RefusalCode.STAGE_NOT_FOUND, "no such stage"));
        });

        assertThat(refusing.deliver(JobMessage.of(STEP, false).text()))
                .map(reply -> JsonCodec.write(reply.join()))
                .contains("{\"ok\":false,\"error\":{\"code\":\"STAGE_NOT_FOUND\",\"message\":\"no such stage\"}}");
    }
}
