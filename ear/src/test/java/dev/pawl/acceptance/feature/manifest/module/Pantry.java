package dev.pawl.acceptance.feature.manifest.module;

import dev.pawl.api.local.ConstraintFinding;
import dev.pawl.api.local.Entities;
import dev.pawl.api.local.EntityCommand;
import dev.pawl.api.local.EntityResult;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a command and looks at what its constraints said. */
@Stateless
public class Pantry {

    @Inject
    private Entities entities;

    public Map<String, Object> consume(String id, int quantity) {
        EntityResult result = entities.execute(
                EntityCommand.of("PantryItem", "consume").on(id).withInput(Map.of("quantity", quantity)));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", result.success());
        answer.put("warnings", codes(result.warnings()));
        answer.put("blockers", codes(result.blockers()));
        return answer;
    }

    private static List<String> codes(List<ConstraintFinding> findings) {
        return findings.stream().map(ConstraintFinding::code).toList();
    }
}
