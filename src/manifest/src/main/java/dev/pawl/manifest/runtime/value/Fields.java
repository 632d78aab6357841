package dev.pawl.manifest.runtime.value;

import com.fasterxml.jackson.databind.JsonNode;

/** A value with named fields that is not a plain map, such as the record of an instance. */
public interface Fields {
    /** What goes into JSON when the value is stored, put into an event or answered. */
    JsonNode toJson();
}
