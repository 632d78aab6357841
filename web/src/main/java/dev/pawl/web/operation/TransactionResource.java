package dev.pawl.web.operation;

import dev.pawl.engine.query.InDoubtTransactions;
import dev.pawl.engine.query.InDoubtTransactions.InDoubtView;
import dev.pawl.engine.query.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Two-phase commits that recovery has not resolved yet. */
@RequestScoped
@Path("/transactions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operation")
@APIResponse(responseCode = "500", ref = "InternalError")
public class TransactionResource {

    @Inject
    InDoubtTransactions transactions;

    @GET
    @Path("/in-doubt")
    @Operation(
            operationId = "listInDoubtTransactions",
            summary = "Branches not yet resolved, joined with the step they belong to")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(schema = @Schema(ref = "InDoubtList")))
    public Page<InDoubtView> open() {
        return new Page<>(transactions.open(), null);
    }
}
