package dev.pawl.web.json;

import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Puts the limit on the body of every request. */
@Provider
@PreMatching
public class LimitBodies implements ContainerRequestFilter {

    private static final Pattern ARTIFACT = Pattern.compile("/?runs/[^/]+/artifacts/.+", Pattern.DOTALL);

    /** Longest body taken, in bytes. */
    @Inject
    @ConfigProperty(name = "pawl.http.max-body-bytes", defaultValue = "10485760")
    long limit;

    /** Longest artifact taken, in bytes. */
    @Inject
    @ConfigProperty(name = "pawl.artifact.max-bytes", defaultValue = "1073741824")
    long artifactLimit;

    @Override
    public void filter(ContainerRequestContext request) {
        long announced = announced(request);
        request.setEntityStream(
                isArtifact(request)
                        ? BodyLimit.on(request.getEntityStream(), announced, artifactLimit, "pawl.artifact.max-bytes")
                        : BodyLimit.on(request.getEntityStream(), announced, limit, "pawl.http.max-body-bytes"));
    }

    private static boolean isArtifact(ContainerRequestContext request) {
        return request.getMethod().equals(HttpMethod.PUT)
                && ARTIFACT.matcher(request.getUriInfo().getPath()).matches();
    }

    private static long announced(ContainerRequestContext request) {
        @Nullable String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
    }
}
