package dev.pawl.testkit.code;

import java.util.ArrayList;
import java.util.List;

/** What steps did to the world. */
final class Effects {
    private final List<String> done = new ArrayList<>();

    synchronized String happen(String effect) {
        done.add(effect);
        return effect;
    }

    synchronized long count(String effect) {
        return done.stream().filter(effect::equals).count();
    }

    synchronized List<String> all() {
        return List.copyOf(done);
    }
}
