package dev.pawl.acceptance.probe;

import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** The probe's door: {@code POST ?name=} transfers, {@code GET ?sql=} reads. */
@WebServlet("/")
public class ProbeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @EJB
    private transient Transfer transfer;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            transfer.transfer(request.getParameter("name"));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String sql = request.getParameter("sql");
        try {
            response.setContentType("text/plain");
            response.getWriter().print(sql == null ? "" : String.join("\n", transfer.query(sql)));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
