package dev.pawl.web.document;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** Serves the AsyncAPI document that the message shell keeps beside its code. */
@WebServlet("/asyncapi")
public class AsyncApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String DOCUMENT = "META-INF/asyncapi.yaml";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (InputStream document =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(DOCUMENT)) {
            if (document == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            response.setContentType("application/yaml;charset=UTF-8");
            document.transferTo(response.getOutputStream());
        }
    }
}
