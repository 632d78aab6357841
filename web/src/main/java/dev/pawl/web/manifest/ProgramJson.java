package dev.pawl.web.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.host.LivePrograms;
import dev.pawl.manifest.host.StoredProgram;
import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.syntax.Diagnostic;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Programs as they are shown. */
final class ProgramJson {

    private ProgramJson() {}

    static ObjectNode summary(LivePrograms.Live program) {
        ObjectNode json = version(program.stored());
        addDeclarations(json, program.ir());
        return json;
    }

    /** The newest version with its source, and all versions. */
    static ObjectNode whole(List<StoredProgram> versions, Optional<LivePrograms.Live> running) {
        ObjectNode json = version(versions.get(0));
        json.put("source", versions.get(0).source().text());
        running.ifPresent(program -> addDeclarations(json, program.ir()));
        ArrayNode all = json.putArray("versions");
        versions.forEach(version -> all.add(version(version)));
        return json;
    }

    static ObjectNode broken(List<Diagnostic> diagnostics) {
        ObjectNode json = JsonCodec.object().put("success", false);
        json.putNull("ir");
        json.set("diagnostics", JsonCodec.toTree(diagnostics));
        return json;
    }

    private static ObjectNode version(StoredProgram program) {
        return JsonCodec.object()
                .put("name", program.source().name())
                .put("version", program.version())
                .put("grammar", program.source().grammar().name().toLowerCase(Locale.ROOT))
                .put("origin", program.origin().name().toLowerCase(Locale.ROOT))
                .put("deployedBy", program.deployedBy())
                .put("deployedAt", program.deployedAt().toString())
                .put("sourceHash", program.sourceHash());
    }

    private static void addDeclarations(ObjectNode json, Ir program) {
        ArrayNode entities = json.putArray("entities");
        for (Entity entity : program.entities()) {
            ObjectNode shown = entities.addObject().put("name", entity.name());
            ArrayNode commands = shown.putArray("commands");
            entity.commands().forEach(commands::add);
        }
        ArrayNode commands = json.putArray("commands");
        program.commands().stream()
                .filter(command -> command.entity() == null)
                .map(Command::name)
                .forEach(commands::add);
    }
}
