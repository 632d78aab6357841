package dev.pawl.web.part;

import dev.pawl.web.TextParameter;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** A part of entries that say much. */
public class ShortPartParameters extends PartParameters {

    @QueryParam("limit")
    @Parameter(description = "1 to 200", schema = @Schema(type = SchemaType.INTEGER, defaultValue = "50"))
    @Nullable
    String limit;

    @Override
    public int limit() {
        return (int) TextParameter.number("limit", limit, 50, 1, 200);
    }
}
