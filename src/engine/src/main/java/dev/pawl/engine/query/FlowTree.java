package dev.pawl.engine.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of a flow by what caused what. An event that names another one of the flow as its cause stands below it; else
 * what a run recorded stands below the run's first event, and that below the first event of its parent run. The roots are
 * the rest.
 */
public record FlowTree(List<Node> roots) {

    public FlowTree {
        roots = List.copyOf(roots);
    }

    /** An event and what it led to, each in the order of the flow. */
    public record Node(FlowEvent event, List<Node> effects) {
        public Node {
            effects = List.copyOf(effects);
        }
    }

    /** @param events in order */
    public static FlowTree of(List<FlowEvent> events) {
        Map<String, FlowEvent> byId = new HashMap<>();
        Map<String, FlowEvent> firstOfRun = new HashMap<>();
        for (FlowEvent event : events) {
            byId.putIfAbsent(event.id(), event);
            if (event.about().isEmpty()) {
                firstOfRun.merge(
                        event.stream(), event, (one, other) -> one.sequence() <= other.sequence() ? one : other);
            }
        }
        Map<String, List<FlowEvent>> effects = new LinkedHashMap<>();
        List<FlowEvent> roots = new ArrayList<>();
        for (FlowEvent event : events) {
            FlowEvent cause = cause(event, byId, firstOfRun);
            if (cause == null) {
                roots.add(event);
            } else {
                effects.computeIfAbsent(cause.id(), id -> new ArrayList<>()).add(event);
            }
        }
        return new FlowTree(nodes(roots, effects));
    }

    private static @Nullable FlowEvent cause(
            FlowEvent event, Map<String, FlowEvent> byId, Map<String, FlowEvent> firstOfRun) {
        FlowEvent named = byId.get(event.causationId());
        if (named != null && !named.id().equals(event.id())) {
            return named;
        }
        if (event.about().isPresent()) {
            return null;
        }
        FlowEvent first = firstOfRun.get(event.stream());
        if (first != null && !first.id().equals(event.id())) {
            return first;
        }
        return event.parentRunId() == null ? null : firstOfRun.get(event.parentRunId());
    }

    private static List<Node> nodes(List<FlowEvent> events, Map<String, List<FlowEvent>> effects) {
        List<Node> nodes = new ArrayList<>();
        for (FlowEvent event : events) {
            // taken out, so that causes which name each other in a circle come to an end
            List<FlowEvent> below = effects.remove(event.id());
            nodes.add(new Node(event, below == null ? List.of() : nodes(below, effects)));
        }
        return nodes;
    }
}
