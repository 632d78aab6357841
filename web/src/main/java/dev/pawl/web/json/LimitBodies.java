package dev.pawl.web.json;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Puts the limit on the body of every request. */
@Provider
@PreMatching
public class LimitBodies implements ContainerRequestFilter {

    /** Longest body taken, in bytes. */
    @Inject
    @ConfigProperty(name = "pawl.http.max-body-bytes", defaultValue = "10485760")
    long limit;

    @Override
    public void filter(ContainerRequestContext request) {
        request.setEntityStream(BodyLimit.on(request.getEntityStream(), announced(request), limit));
    }

    private static long announced(ContainerRequestContext request) {
        @Nullable String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
    }
}
