package dev.pawl.manifest.runtime.expression;

import com.fasterxml.jackson.databind.JsonNode;

/** What a part of a refused expression was at the time; a missing node stands for undefined. */
public record ResolvedValue(String expression, JsonNode value) {}
