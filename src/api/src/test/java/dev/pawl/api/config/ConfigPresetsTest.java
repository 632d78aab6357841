package dev.pawl.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.api.InvalidMemberException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("D-05")
class ConfigPresetsTest {

    static Stream<Arguments> outOfRange() {
        AiConfig ai = AiConfig.DEFAULT;
        ConcurrencyConfig concurrency = ConcurrencyConfig.DEFAULT;
        return Stream.of(
                wrong("temperature", () -> ai.withTemperature(2.1)),
                wrong("temperature", () -> ai.withTemperature(-0.1)),
                wrong("temperature", () -> ai.withTemperature(Double.NaN)),
                wrong("model", () -> ai.withModel(" ")),
                wrong("model", () -> ai.withModel("m".repeat(101))),
                wrong("maxTokens", () -> ai.withMaxTokens(0)),
                wrong("maxTokens", () -> ai.withMaxTokens(1_000_001)),
                wrong("timeout", () -> ai.withTimeout(Duration.ofMillis(999))),
                wrong("timeout", () -> ai.withTimeout(Duration.ofHours(1).plusNanos(1))),
                wrong("repairs", () -> ai.withRepairs(6)),
                wrong("parallel", () -> concurrency.withParallel(0)),
                wrong("parallel", () -> concurrency.withParallel(101)),
                wrong("batchSize", () -> concurrency.withBatchSize(1_001)),
                wrong("delay", () -> concurrency.withDelay(Duration.ofMillis(-1))),
                wrong("maxRetries", () -> concurrency.withMaxRetries(11)),
                wrong("flags", () -> FeatureFlags.DEFAULT.with(" ", true)),
                wrong("flags", () -> new FeatureFlags(Collections.singletonMap("a", null))),
                wrong(
                        "flags",
                        () -> new FeatureFlags(
                                IntStream.range(0, 101).boxed().collect(Collectors.toMap(i -> "flag" + i, i -> true)))),
                wrong("payloadChars", () -> DebugConfig.DEFAULT.withPayloadChars(-1)));
    }

    private static Arguments wrong(String member, Callable<?> change) {
        return Arguments.of(member, change);
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void whatIsOutOfRangeIsRefusedByItsName(String member, Callable<?> change) {
        assertThatThrownBy(change::call)
                .isInstanceOfSatisfying(InvalidMemberException.class, refused -> assertThat(refused.member())
                        .isEqualTo(member));
    }

    @Test
    void theEndsOfARangeBelongToIt() {
        assertThat(AiConfig.DEFAULT.withTemperature(0).withTemperature(2).temperature())
                .isEqualTo(2);
        assertThat(AiConfig.DEFAULT.withTimeout(Duration.ofSeconds(1)).timeout())
                .hasSeconds(1);
        assertThat(ConcurrencyConfig.DEFAULT.withParallel(100).withParallel(1).parallel())
                .isEqualTo(1);
        assertThat(DebugConfig.DEFAULT.withPayloadChars(0).payloadChars()).isZero();
    }

    @Test
    void aFlagNobodyNamedIsOff() {
        FeatureFlags flags = FeatureFlags.DEFAULT.with("fast", true).with("slow", false);

        assertThat(flags.isOn("fast")).isTrue();
        assertThat(flags.isOn("slow")).isFalse();
        assertThat(flags.isOn("other")).isFalse();
        Map<String, Boolean> mine = new HashMap<>(Map.of("a", true));
        FeatureFlags kept = new FeatureFlags(mine);
        mine.clear();
        assertThat(kept.isOn("a")).isTrue();
    }

    @Test
    void partsAreVariedOneByOne() {
        FullConfig full = FullConfig.DEFAULT
                .withAi(AiConfig.DEFAULT.withModel("fast").withMaxTokens(50))
                .withConcurrency(ConcurrencyConfig.DEFAULT.withBatchSize(2).withMaxRetries(0))
                .withFeatures(FeatureFlags.DEFAULT.with("x", true))
                .withDebug(
                        DebugConfig.DEFAULT.withVerbose(true).withDryRun(true).withLogPayloads(true));

        assertThat(full.ai()).isEqualTo(new AiConfig("fast", 0.7, 50, Duration.ofMinutes(1), 1));
        assertThat(full.concurrency()).isEqualTo(new ConcurrencyConfig(5, 2, Duration.ZERO, 0));
        assertThat(full.debug()).isEqualTo(new DebugConfig(true, true, true, 2_000));
        assertThat(StandardConfig.DEFAULT
                        .withAi(full.ai())
                        .withConcurrency(full.concurrency())
                        .withFeatures(full.features()))
                .isEqualTo(new StandardConfig(full.ai(), full.concurrency(), full.features()));
        assertThat(full.ai().prompt("hello").maxTokens()).isEqualTo(50);
        assertThat(full.ai().prompt("hello").temperature()).isEqualTo(0.7);
    }
}
