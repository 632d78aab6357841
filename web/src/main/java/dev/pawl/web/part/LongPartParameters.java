package dev.pawl.web.part;

import dev.pawl.web.TextParameter;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** A part of many small entries. */
public class LongPartParameters extends PartParameters {

    @QueryParam("limit")
    @Parameter(description = "1 to 1000", schema = @Schema(type = SchemaType.INTEGER, defaultValue = "200"))
    @Nullable
    String limit;

    @Override
    public int limit() {
        return (int) TextParameter.number("limit", limit, 200, 1, 1_000);
    }
}
