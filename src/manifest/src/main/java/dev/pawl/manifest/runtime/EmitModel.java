package dev.pawl.manifest.runtime;

import dev.pawl.manifest.runtime.expression.Code;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event a command emits at its end; without fields of its own, its payload is the input and the result. */
record EmitModel(String name, String channel, @Nullable Map<String, Code> fields) {}
