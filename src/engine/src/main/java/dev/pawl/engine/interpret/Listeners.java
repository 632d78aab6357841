package dev.pawl.engine.interpret;

import dev.pawl.api.RunListener;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The deployed listeners, and who of them hears what. */
public final class Listeners {

    public static final Listeners NONE = new Listeners(List.of());

    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}");

    private final Map<String, RunListener> byId = new TreeMap<>();
    private final Map<String, Pattern> wanted = new TreeMap<>();
    private final Map<String, List<String>> hearing = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException when a listener says something of itself that cannot be */
    public Listeners(Collection<? extends RunListener> listeners) {
        for (RunListener listener : listeners) {
            String id = listener.id();
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("The listener id '" + id
                        + "' must be 1 to 100 letters, digits, '.', '_' or '-', and begin with a letter or digit.");
            }
            if (listener.maxRetries() < 1) {
                throw new IllegalArgumentException("Listener '" + id + "' must be called at least once: maxRetries is "
                        + listener.maxRetries() + ", expected 1 or more");
            }
            if (listener.eventTypes().isEmpty()) {
                throw new IllegalArgumentException(
                        "Listener '" + id + "' asks for no events; '*' in eventTypes() stands for all of them");
            }
            if (byId.put(id, listener) != null) {
                throw new IllegalArgumentException("There are two listeners '" + id + "'");
            }
            wanted.put(id, pattern(listener));
        }
    }

    private static Pattern pattern(RunListener listener) {
        return Pattern.compile(
                listener.eventTypes().stream().map(Listeners::pattern).collect(Collectors.joining("|")));
    }

    private static String pattern(String eventType) {
        return Arrays.stream(eventType.split("\\*", -1))
                .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
                .collect(Collectors.joining(".*"));
    }

    /** Those that hear events of this type, by id. */
    public List<String> hearing(String eventType) {
        return byId.isEmpty() ? List.of() : hearing.computeIfAbsent(eventType, this::find);
    }

    private List<String> find(String eventType) {
        return wanted.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(eventType).matches())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** All of them, in order of their ids. */
    public Collection<RunListener> all() {
        return List.copyOf(byId.values());
    }

    /** All ids. */
    public Collection<String> ids() {
        return List.copyOf(byId.keySet());
    }
}
