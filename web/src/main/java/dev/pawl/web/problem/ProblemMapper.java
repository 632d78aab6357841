package dev.pawl.web.problem;

import dev.pawl.engine.json.JsonCodec;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Answers whatever a resource or JAX-RS itself throws with a problem document. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    @Context
    private @Nullable UriInfo uri;

    @Context
    private @Nullable Request request;

    @Override
    public Response toResponse(Throwable thrown) {
        String path = uri == null ? "" : uri.getRequestUri().getRawPath();
        String method = request == null ? "" : request.getMethod();
        if (thrown instanceof WebApplicationException web && web.getCause() == null) {
            return answer(web.getResponse(), method, path);
        }
        Problem problem = DescribeFailure.of(thrown, method, path);
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(JsonCodec.write(problem))
                .build();
    }

    /** Successes thrown by JAX-RS, its answer to OPTIONS among them, pass; the others keep their Allow header. */
    private static Response answer(Response thrown, String method, String path) {
        if (thrown.getStatus() < 400) {
            return thrown;
        }
        Problem problem = DescribeFailure.ofStatus(thrown.getStatus(), method, path);
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(JsonCodec.write(problem));
        String allowed = thrown.getHeaderString(HttpHeaders.ALLOW);
        return (allowed == null ? answer : answer.header(HttpHeaders.ALLOW, allowed)).build();
    }
}
