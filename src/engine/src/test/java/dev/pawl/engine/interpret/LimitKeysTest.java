package dev.pawl.engine.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.flow.Key;
import dev.pawl.engine.json.JsonCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-06")
class LimitKeysTest {

    private static final JsonNode INPUT =
            JsonCodec.parse("{\"customer\":{\"name\":\"ann\",\"id\":7},\"empty\":null,\"list\":[3]}");

    @Test
    void aPointerLeadsToAKey() {
        assertThat(LimitKeys.value(Key.at("/customer/name"), INPUT)).isEqualTo("ann");
        assertThat(LimitKeys.value(Key.at("/customer/id"), INPUT)).isEqualTo("7");
        assertThat(LimitKeys.value(Key.at("/list/0"), INPUT)).isEqualTo("3");
        assertThat(LimitKeys.value(Key.of(9), INPUT)).isEqualTo("9");
    }

    @Test
    void whereThereIsNothingAllCountTogether() {
        assertThat(LimitKeys.value(Key.at("/nothing/there"), INPUT)).isEmpty();
        assertThat(LimitKeys.value(Key.at("/empty"), INPUT)).isEmpty();
    }

    @Test
    @Tag("R-02")
    void theOrderOfMembersMakesNoDifference() {
        assertThat(LimitKeys.value(Key.at("/customer"), INPUT)).isEqualTo("{\"id\":7,\"name\":\"ann\"}");
        assertThat(LimitKeys.canonical(JsonCodec.parse("{ \"b\" : 1, \"a\" : [ 2 ] }")))
                .isEqualTo("{\"a\":[2],\"b\":1}");
    }

    @Test
    void longKeysAreToldApart() {
        String common = "x".repeat(300);
        assertThat(LimitKeys.shortened(common + "a"))
                .hasSizeLessThanOrEqualTo(200)
                .isNotEqualTo(LimitKeys.shortened(common + "b"));
        assertThat(LimitKeys.shortened("short")).isEqualTo("short");
    }
}
