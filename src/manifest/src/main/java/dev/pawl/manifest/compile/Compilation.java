package dev.pawl.manifest.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.IrJson;
import dev.pawl.manifest.syntax.Diagnostic;
import java.util.List;
import java.util.Optional;

/** What came of compiling a program: the IR exactly when there is no error, and everything there was to say. */
public record Compilation(boolean success, Optional<Ir> ir, List<Diagnostic> diagnostics) {
    public Compilation {
        diagnostics = List.copyOf(diagnostics);
        if (success != ir.isPresent()) {
            throw new IllegalArgumentException("a successful compilation has an IR, and no other has");
        }
    }

    /** {@code {"success": …, "ir": {…} or null, "diagnostics": [{"severity", "message", "line", "column"}]}}. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("success", success);
        json.set("ir", ir.<JsonNode>map(IrJson::write).orElse(NullNode.instance));
        ArrayNode list = json.putArray("diagnostics");
        for (Diagnostic diagnostic : diagnostics) {
            ObjectNode entry = list.addObject();
            entry.put("severity", diagnostic.severity().text());
            entry.put("message", diagnostic.message());
            if (diagnostic.line() != null) {
                entry.put("line", diagnostic.line());
                entry.put("column", diagnostic.column());
            }
        }
        return json;
    }

    public List<Diagnostic> errors() {
        return diagnostics.stream().filter(Diagnostic::isError).toList();
    }
}
