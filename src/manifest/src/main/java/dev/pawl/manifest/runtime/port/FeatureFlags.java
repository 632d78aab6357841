package dev.pawl.manifest.runtime.port;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

/** Decides {@code flag("name")}. */
@FunctionalInterface
public interface FeatureFlags {
    FeatureFlags ALL_OFF = name -> BooleanNode.FALSE;

    JsonNode value(String name);
}
