package dev.pawl.acceptance.feature.local.module;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * The door of the business application: {@code POST ?do=place&name=…} calls the EJB and answers what it answered, or 500
 * with the exception; {@code GET ?sql=…} reads and {@code PUT ?sql=…} writes the database.
 */
@WebServlet("/orders")
public class OrdersServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @EJB
    private transient Orders orders;

    @EJB
    private transient BusinessTable table;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            answer(response, 200, call(request));
        } catch (EJBException e) {
            answer(
                    response,
                    500,
                    e.getCausedByException() == null
                            ? e.toString()
                            : e.getCausedByException().toString());
        } catch (SQLException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Object call(HttpServletRequest request) throws SQLException, IOException, InterruptedException {
        String name = request.getParameter("name");
        boolean fail = Boolean.parseBoolean(request.getParameter("fail"));
        return switch (request.getParameter("do")) {
            case "place" -> orders.place(name, fail);
            case "cancel" -> orders.placeAndCancel(name);
            case "twice" -> orders.placeTwice(name, request.getParameter("key"));
            case "wait" -> orders.placeAndWait(name, request.getParameter("key"), request.getParameter("gate"), fail);
            case "despite" -> orders.placeDespiteRefusals(name);
            case "echo" -> orders.placeWithEcho(name);
            case "pay" -> {
                orders.pay(name, fail);
                yield List.of();
            }
            case "refused" -> {
                orders.placeRefused(name);
                yield List.of();
            }
            default -> throw new IllegalArgumentException("nothing is called " + request.getParameter("do"));
        };
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            answer(response, 200, table.query(request.getParameter("sql")));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            answer(response, 200, table.update(request.getParameter("sql")));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void answer(HttpServletResponse response, int status, Object value) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        JSON.writeValue(response.getOutputStream(), value);
    }
}
