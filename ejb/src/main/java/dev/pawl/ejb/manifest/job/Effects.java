package dev.pawl.ejb.manifest.job;

import dev.pawl.api.Effect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The effects that the application performs, by name. */
final class Effects {

    private final Map<String, Effect> byName = new LinkedHashMap<>();

    /** @throws IllegalArgumentException when two beans perform effects of one name */
    Effects(Iterable<Effect> beans) {
        for (Effect bean : beans) {
            Effect other = byName.putIfAbsent(bean.name(), bean);
            if (other != null) {
                throw new IllegalArgumentException("The effect '" + bean.name() + "' is performed by "
                        + other.getClass().getName() + " and by "
                        + bean.getClass().getName());
            }
        }
    }

    Optional<Effect> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
