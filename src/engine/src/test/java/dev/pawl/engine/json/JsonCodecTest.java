package dev.pawl.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonCodecTest {

    enum Colour {
        RED,
        GREEN
    }

    record Everything(
            String text,
            int count,
            Boolean flag,
            BigDecimal amount,
            Colour colour,
            List<String> names,
            Map<String, String> more,
            Instant at,
            Duration pause) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text   | 7       | a string is expected",
                "text   | {}      | a string is expected",
                "count  | \"7\"   | a whole number is expected",
                "count  | 7.5     | a whole number is expected",
                "count  | null    | a whole number is expected",
                "flag   | \"yes\" | true or false is expected",
                "amount | \"1\"   | a number is expected",
                "colour | \"BLUE\"| one of [RED, GREEN] is expected",
                "names  | {}      | an array is expected",
                "more   | 7       | an object is expected",
                "at     | \"noon\"| an ISO-8601 time is expected",
                "pause  | \"soon\"| an ISO-8601 duration such as PT30S is expected"
            })
    void saysWhatIsExpectedInWordsOfJson(String member, String value, String message) {
        String json = "{\"" + member + "\":" + value + "}";
        assertThatThrownBy(() -> JsonCodec.read(json, Everything.class))
                .isInstanceOfSatisfying(UnfitJsonException.class, e -> assertThat(e.errors())
                        .containsExactly(new FieldError("/" + member, message)));
    }

    @Test
    void anUnknownMemberIsNamedBesideTheKnownOnes() {
        assertThatThrownBy(() -> JsonCodec.read("{\"count\":1,\"cuont\":1}", Everything.class))
                .isInstanceOf(UnfitJsonException.class)
                .hasMessageContaining("unknown member 'cuont'")
                .hasMessageContaining("count");
    }
}
