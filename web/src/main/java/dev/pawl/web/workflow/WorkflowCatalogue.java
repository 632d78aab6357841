package dev.pawl.web.workflow;

import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.query.TypeSchemas;
import dev.pawl.engine.query.WorkflowView;
import jakarta.enterprise.context.ApplicationScoped;

/** Shows definitions with the schemas of their types, each generated once. */
@ApplicationScoped
public class WorkflowCatalogue {

    private final TypeSchemas schemas = new TypeSchemas();

    WorkflowView view(Definition definition) {
        return WorkflowView.of(definition, schemas);
    }
}
