package dev.pawl.acceptance.feature.manifest.module;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code POST ?id=…&quantity=…}: consumes, and tells what the constraints said. */
@WebServlet("/pantry")
public class PantryServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @EJB
    private transient Pantry pantry;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        JSON.writeValue(
                response.getOutputStream(),
                pantry.consume(request.getParameter("id"), Integer.parseInt(request.getParameter("quantity"))));
    }
}
