package dev.pawl.manifest.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some of the instances a query found, and where the next ones start; null when these were the last. */
public record InstancePage(List<EntityView> items, @Nullable String next) {
    public InstancePage {
        items = List.copyOf(items);
    }
}
