package dev.pawl.manifest.runtime.port;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events ordered by what led to what. The roots are the events whose cause is not among the events. */
public record CausalTree(List<Node> roots) {
    public CausalTree {
        roots = List.copyOf(roots);
    }

    /** An event and what it led to, each in the order of the log. */
    public record Node(EntityEvent event, List<Node> effects) {
        public Node {
            effects = List.copyOf(effects);
        }
    }

    public static CausalTree of(List<EntityEvent> events) {
        Map<String, List<EntityEvent>> byCause = new LinkedHashMap<>();
        Set<String> ids = new HashSet<>();
        events.forEach(event -> ids.add(event.id()));
        List<EntityEvent> first = new ArrayList<>();
        for (EntityEvent event : events) {
            String cause = event.trace().causationId();
            if (ids.contains(cause) && !cause.equals(event.id())) {
                byCause.computeIfAbsent(cause, none -> new ArrayList<>()).add(event);
            } else {
                first.add(event);
            }
        }
        return new CausalTree(nodes(first, byCause));
    }

    private static List<Node> nodes(List<EntityEvent> events, Map<String, List<EntityEvent>> byCause) {
        List<Node> nodes = new ArrayList<>();
        for (EntityEvent event : events) {
            nodes.add(new Node(event, nodes(byCause.getOrDefault(event.id(), List.of()), byCause)));
        }
        return nodes;
    }
}
