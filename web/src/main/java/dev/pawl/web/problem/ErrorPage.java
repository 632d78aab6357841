package dev.pawl.web.problem;

import dev.pawl.engine.json.JsonCodec;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the container shows in place of its own error pages: a problem document, or a short page for a browser. The container
 * forwards here (web.xml); asked for directly, it is not there.
 */
@WebServlet(ErrorPage.PATH)
public class ErrorPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    static final String PATH = "/.problem";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = describe(request);
        boolean browser = wantsHtml(request.getHeader("Accept"));
        byte[] body = (browser ? html(problem) : JsonCodec.write(problem)).getBytes(StandardCharsets.UTF_8);
        response.setStatus(problem.status());
        response.setContentType(browser ? "text/html;charset=UTF-8" : Problem.MEDIA_TYPE);
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }

    private static Problem describe(HttpServletRequest request) {
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String asked = path == null ? request.getRequestURI() : path.toString();
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        // The container also throws to say that a file is not there; then the status is all that counts.
        return status >= 500 && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown
                ? DescribeFailure.of(thrown, request.getMethod(), asked)
                : DescribeFailure.ofStatus(status, request.getMethod(), asked);
    }

    private static boolean wantsHtml(@Nullable String accept) {
        return accept != null && accept.contains("text/html") && !accept.contains("json");
    }

    private static String html(Problem problem) {
        return """
                <!doctype html><html lang="en"><meta charset="utf-8"><title>%d %s</title>
                <body style="font:16px/1.5 system-ui,sans-serif;margin:4rem auto;max-width:40rem;padding:0 1rem">
                <h1>%d %s</h1><p>%s</p><p><a href="/">Start page</a></p></body></html>
                """.formatted(
                problem.status(), problem.title(), problem.status(), problem.title(), escaped(problem.detail()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
