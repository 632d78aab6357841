package dev.pawl.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonCodecTest {

    record Line(String article, int count) {
        Line {
            if (count < 1) {
                throw new IllegalArgumentException("count is at least 1");
            }
        }
    }

    record Order(
            String id, List<Line> lines, BigDecimal total, Instant placed, Duration within, Optional<String> note) {}

    private static final String ORDER = """
            {"id":"o-1","lines":[{"article":"a","count":2}],"total":12.50,\
            "placed":"2026-01-01T00:00:00Z","within":"PT30S","note":"soon"}""";

    @Test
    void whatIsWrittenReadsAsTheSame() {
        Order order = JsonCodec.read(ORDER, Order.class);

        assertThat(order.total()).isEqualTo(new BigDecimal("12.50"));
        assertThat(JsonCodec.read(JsonCodec.write(order), Order.class)).isEqualTo(order);
        assertThat(JsonCodec.write(order)).isEqualTo(ORDER);
    }

    @Test
    void whatDoesNotFitIsRefusedWithAPointerToIt() {
        assertUnfit("{\"article\":\"a\",\"count\":\"2\"}", "/count");
        assertUnfit("{\"article\":\"a\",\"count\":2.0}", "/count");
        assertUnfit("{\"article\":\"a\",\"count\":null}", "/count");
        assertUnfit("{\"article\":\"a\"}", "/count");
        assertUnfit("{\"article\":5,\"count\":2}", "/article");
        assertUnfit("{\"article\":true,\"count\":2}", "/article");
        assertUnfit("{\"article\":\"a\",\"count\":2,\"colour\":1}", "/colour");
        assertUnfit("{\"article\":\"a\",\"article\":\"b\",\"count\":2}", "");
        assertUnfit("{\"article\":\"a\",\"count\":2} 3", "");
        assertUnfit("{\"article\":", "");
        assertUnfit("null", "");
        assertUnfit("[]", "");
    }

    @Test
    void aPointerLeadsThroughLists() {
        assertThatThrownBy(() -> JsonCodec.read(
                        ORDER.replace("\"count\":2", "\"count\":2},{\"article\":\"b\",\"count\":\"x\""), Order.class))
                .isInstanceOfSatisfying(UnfitJsonException.class, e -> assertThat(e.errors())
                        .extracting(FieldError::pointer)
                        .containsExactly("/lines/1/count"));
    }

    @Test
    void whatARecordRefusesIsToldInItsOwnWords() {
        assertThatThrownBy(() -> JsonCodec.read("{\"article\":\"a\",\"count\":0}", Line.class))
                .isInstanceOf(UnfitJsonException.class)
                .hasMessageContaining("count is at least 1");
    }

    @Test
    void aDocumentThatIsNotJsonIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> JsonCodec.parse("{\n  \"a\": nope}"))
                .isInstanceOf(UnfitJsonException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void equalValuesHaveEqualTextsOnceTheirMembersAreOrdered() {
        JsonNode one = JsonCodec.parse("{\"b\":[{\"y\":1,\"x\":2},3],\"a\":null}");
        JsonNode same = JsonCodec.parse("{\"a\":null,\"b\":[{\"x\":2,\"y\":1},3]}");

        assertThat(JsonCodec.ordered(one)).hasToString("{\"a\":null,\"b\":[{\"x\":2,\"y\":1},3]}");
        assertThat(JsonCodec.ordered(one).toString())
                .isEqualTo(JsonCodec.ordered(same).toString());
        assertThat(JsonCodec.ordered(one)).isEqualTo(one);
    }

    @Property
    void anyTextSurvives(@ForAll String text) {
        assertThat(JsonCodec.read(JsonCodec.write(text), String.class)).isEqualTo(text);
    }

    @Property
    void anyMapSurvives(@ForAll Map<String, Integer> map) {
        assertThat(JsonCodec.bind(JsonCodec.parse(JsonCodec.write(map)), JsonCodec.type(Map.class)))
                .isEqualTo(map);
    }

    private static void assertUnfit(String json, String pointer) {
        assertThatThrownBy(() -> JsonCodec.read(json, Line.class))
                .as(json)
                .isInstanceOfSatisfying(UnfitJsonException.class, e -> assertThat(e.errors())
                        .extracting(FieldError::pointer)
                        .containsExactly(pointer));
    }
}
