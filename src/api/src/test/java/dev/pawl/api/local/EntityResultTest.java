package dev.pawl.api.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntityResultTest {

    @Test
    void aSuccessTellsOfItsInstance() {
        EntityResult result = new EntityResult(
                true, Map.of("success", true, "instanceId", "4711", "instance", Map.of("id", "4711", "total", 3)));

        assertThat(result.orThrow()).isSameAs(result);
        assertThat(result.instanceId()).contains("4711");
        assertThat(result.instance()).containsEntry("total", 3);
        assertThat(result.code()).isEmpty();
    }

    @Test
    void aRefusalBecomesAnExceptionWithItsCodeAndErrorsOnRequest() {
        EntityResult result = new EntityResult(
                false,
                Map.of(
                        "success",
                        false,
                        "code",
                        "INVALID_INPUT",
                        "error",
                        "not like this",
                        "errors",
                        List.of(Map.of("pointer", "/by", "message", "a number is expected"))));

        assertThat(result.message()).contains("not like this");
        assertThat(result.instance()).isEmpty();
        assertThatThrownBy(result::orThrow).isInstanceOfSatisfying(CommandRefusedException.class, refused -> {
            assertThat(refused.code()).isEqualTo("INVALID_INPUT");
            assertThat(refused).hasMessage("INVALID_INPUT: not like this");
            assertThat(refused.errors()).containsExactly(new FieldProblem("/by", "a number is expected"));
        });
    }
}
