package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Whatever transitions a program declares and whatever is asked, only declared ways are taken. */
@Tag("M-09")
class TransitionsTest {
    private static final List<String> STATES = List.of("a", "b", "c", "d");

    @Property(tries = 200)
    void aStateMovesExactlyAlongItsDeclaredTransitions(
            @ForAll("rules") Map<String, Set<String>> rules, @ForAll("walks") List<String> walk) {
        RuntimeFixture things = RuntimeFixture.of(program(rules));
        things.given("Thing", "{'id':'t1'}");
        String current = "a";
        for (String next : walk) {
            CommandResult result = things.run("Thing", "go", "t1", "{'to':'" + next + "'}");
            boolean allowed = !rules.containsKey(current) || rules.get(current).contains(next);
            assertThat(result.success()).isEqualTo(allowed);
            if (allowed) {
                current = next;
            } else {
                assertThat(result.refusal().code()).isEqualTo(RefusalCode.INVALID_TRANSITION);
            }
            assertThat(things.stored("Thing", "t1").get("state").asText()).isEqualTo(current);
        }
        long taken = things.entities().eventLog().size();
        assertThat(things.stored("Thing", "t1").get("moves").asLong()).isEqualTo(taken);
    }

    @Provide
    Arbitrary<Map<String, Set<String>>> rules() {
        Arbitrary<String> states = Arbitraries.of(STATES);
        return Arbitraries.maps(states, states.set().ofMinSize(1)).map(LinkedHashMap::new);
    }

    @Provide
    Arbitrary<List<String>> walks() {
        return Arbitraries.of(STATES).list().ofMaxSize(8);
    }

    private static String program(Map<String, Set<String>> rules) {
        String transitions = rules.entrySet().stream()
                .map(rule -> "transition state from \"" + rule.getKey() + "\" to ["
                        + rule.getValue().stream()
                                .map(state -> "\"" + state + "\"")
                                .collect(Collectors.joining(", "))
                        + "]")
                .collect(Collectors.joining("\n  "));
        return """
                entity Thing {
                  property required id: string
                  property state: string = "a"
                  property moves: number = 0
                  %s
                  command go(to: string) {
                    mutate moves = self.moves + 1
                    mutate state = to
                    emit Moved
                  }
                }
                store Thing in memory
                event Moved: "thing.moved" { to: string }
                """.formatted(transitions);
    }
}
