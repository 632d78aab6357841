package dev.pawl.web.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.OverrideRequest;
import dev.pawl.web.problem.RequestException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandHeadersTest {

    private final CommandHeaders headers = new CommandHeaders();

    private CommandCall call(String body) {
        return headers.call("Order", "pay", "o1", (ObjectNode) JsonCodec.parse(body));
    }

    @ParameterizedTest
    @CsvSource({"'\"3\"',3", "W/\"3\",3", "3,3", "'*',", ","})
    @Tag("M-12")
    void ifMatchIsTheVersionTheCallerHasSeen(String header, Long version) {
        headers.ifMatch = header;

        assertThat(call("{}").options().expectedVersion()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "\"0\"", "-1", "", "\"1\", \"2\"", "99999999999999999999"})
    void anIfMatchThatIsNoVersionIsRefused(String header) {
        headers.ifMatch = header;

        assertThatThrownBy(() -> call("{}"))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("If-Match");
    }

    @Test
    @Tag("M-08")
    void overridesAreTakenOutOfTheInputAndNameNobody() {
        CommandCall call = call("{\"amount\":1,\"$overrides\":[{\"constraintCode\":\"c\",\"reason\":\"r\","
                + "\"authorizedBy\":\"somebody\"}]}");

        assertThat(call.options().overrides()).containsExactly(new OverrideRequest("c", "r"));
        assertThat(call.input()).hasToString("{\"amount\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "[{\"constraintCode\":\"c\"}]", "[{\"constraintCode\":7,\"reason\":\"r\"}]"})
    void overridesOfAnotherShapeAreRefused(String overrides) {
        assertThatThrownBy(() -> call("{\"$overrides\":" + overrides + "}"))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("/$overrides");
    }

    @Test
    void keysAndTracesAreOfASensibleLength() {
        headers.idempotencyKey = "k".repeat(251);

        assertThatThrownBy(() -> call("{}")).hasMessageContaining("Idempotency-Key");
    }
}
