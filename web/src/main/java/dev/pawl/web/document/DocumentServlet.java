package dev.pawl.web.document;

import dev.pawl.engine.json.JsonCodec;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Serves the shipped documents, so that the first run needs no network. */
@WebServlet("/documents/*")
public class DocumentServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String ADDRESS = "/documents/";

    private transient DocumentFolder folder;

    @Override
    public void init() {
        folder = new DocumentFolder(Thread.currentThread().getContextClassLoader());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String file = Optional.ofNullable(request.getPathInfo()).orElse("/").substring(1);
        Optional<DocumentFolder.Document> found = file.isEmpty() ? Optional.of(index()) : folder.find(file);
        if (found.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType(found.get().mediaType());
        // The documents are read as texts; nothing in them is executed for whoever opens one in a browser.
        response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(found.get().content().length);
        response.getOutputStream().write(found.get().content());
    }

    private DocumentFolder.Document index() {
        return new DocumentFolder.Document(
                "application/json", JsonCodec.write(folder.index(ADDRESS)).getBytes(StandardCharsets.UTF_8));
    }
}
