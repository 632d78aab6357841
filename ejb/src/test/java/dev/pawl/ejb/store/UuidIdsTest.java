package dev.pawl.ejb.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidIdsTest {

    @Test
    void idsAreOfVersionSevenAndSortInOrderOfCreation() {
        UuidIds ids = new UuidIds();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.next());
        }
        assertThat(made).isSorted().doesNotHaveDuplicates();
        assertThat(UUID.fromString(made.get(0)).version()).isEqualTo(7);
    }

    @Test
    void shortIdsAreTheSameInFewerCharacters() {
        UuidIds ids = new UuidIds();
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.nextShort());
        }
        assertThat(made).hasSize(10_000).allMatch(id -> id.matches("[A-Za-z0-9_-]{22}"));
    }
}
