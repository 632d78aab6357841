package dev.pawl.web.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.port.Clock;
import dev.pawl.manifest.host.WebhookSignature;
import dev.pawl.manifest.host.Webhooks;
import dev.pawl.manifest.ir.Webhook;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded;
import dev.pawl.web.entity.ResultResponse;
import dev.pawl.web.json.BodyLimit;
import dev.pawl.web.problem.DescribeFailure;
import dev.pawl.web.problem.HttpFault;
import dev.pawl.web.problem.Problem;
import dev.pawl.web.problem.RequestException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * {@code /hooks/NAME}, or {@code /hooks} and the path the program gives the webhook. In this order: the webhook and its method, the
 * signature over the bytes as they came, the delivery's key, the body, the command.
 */
@WebServlet("/hooks/*")
public class HookServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_KEY = 250;

    @Inject
    private transient Webhooks webhooks;

    @Inject
    private transient Clock clock;

    @Inject
    @ConfigProperty(name = "pawl.http.max-body-bytes", defaultValue = "10485760")
    private long limit;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            CommandResult result = receive(request);
            ResultResponse.retryAfter(result)
                    .ifPresent(seconds -> response.setHeader("Retry-After", Long.toString(seconds)));
            answer(
                    response,
                    ResultResponse.status(result),
                    "application/json",
                    result.toJson().toString());
        } catch (RequestException e) {
            Problem problem = DescribeFailure.of(e, request.getMethod(), request.getRequestURI());
            if (e.fault() == HttpFault.METHOD_NOT_ALLOWED) {
                response.setHeader("Allow", allowed(request));
            }
            answer(response, problem.status(), Problem.MEDIA_TYPE, JsonCodec.write(problem));
        }
    }

    private CommandResult receive(HttpServletRequest request) throws IOException {
        Webhook webhook = find(request);
        byte[] body = BodyLimit.on(
                        request.getInputStream(), request.getContentLengthLong(), limit, "pawl.http.max-body-bytes")
                .readAllBytes();
        Webhook.Signature signature = webhook.signature();
        if (signature != null) {
            verify(webhook, signature, request.getHeader(signature.header()), body);
        }
        @Nullable String key = key(webhook, request);
        try {
            return webhooks.receive(webhook, payload(body), key);
        } catch (EvaluationBudgetExceeded e) {
            throw new RequestException(HttpFault.VALIDATION_FAILED, "The body cannot be transformed: " + e.text());
        }
    }

    private Webhook find(HttpServletRequest request) {
        List<Webhook> known = webhooks.find(name(request));
        if (known.isEmpty()) {
            throw new RequestException(HttpFault.NOT_FOUND, "There is no webhook '" + name(request) + "'");
        }
        return known.stream()
                .filter(webhook -> method(webhook).equals(request.getMethod()))
                .findFirst()
                .orElseThrow(() -> new RequestException(
                        HttpFault.METHOD_NOT_ALLOWED,
                        "The webhook '" + name(request) + "' takes " + allowed(request) + ", not "
                                + request.getMethod()));
    }

    private void verify(Webhook webhook, Webhook.Signature signature, @Nullable String sent, byte[] body) {
        String secret = webhooks.secret(signature.secret())
                .orElseThrow(() -> new RequestException(
                        HttpFault.INTERNAL_ERROR,
                        "The webhook '" + webhook.name() + "' has no secret here; give it as the setting"
                                + " pawl.manifest.secret."
                                + signature.secret().replaceFirst("^context\\.", "")));
        if (sent == null || sent.isEmpty()) {
            throw new RequestException(
                    HttpFault.UNAUTHENTICATED, "The header '" + signature.header() + "' with the signature is missing");
        }
        if (!new WebhookSignature(signature, secret).isValid(sent, body, clock.now())) {
            throw new RequestException(
                    HttpFault.UNAUTHENTICATED, "The signature in '" + signature.header() + "' is not that of the body");
        }
    }

    private static @Nullable String key(Webhook webhook, HttpServletRequest request) {
        String header = webhook.idempotencyHeader();
        if (header == null) {
            return null;
        }
        String key = Optional.ofNullable(request.getHeader(header)).orElse("").strip();
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new RequestException(
                    HttpFault.INVALID_PARAMETER,
                    "Header '" + header + "': the delivery's key of 1 to " + LONGEST_KEY + " characters is expected");
        }
        return key;
    }

    private static ObjectNode payload(byte[] body) {
        try {
            JsonNode json = JsonCodec.parse(new String(body, StandardCharsets.UTF_8));
            if (json instanceof ObjectNode object) {
                return object;
            }
        } catch (UnfitJsonException e) {
            throw new RequestException(HttpFault.MALFORMED_JSON, "The body is " + e.getMessage(), e.errors());
        }
        throw new RequestException(HttpFault.VALIDATION_FAILED, "The body does not fit: an object is expected");
    }

    private String allowed(HttpServletRequest request) {
        return webhooks.find(name(request)).stream().map(HookServlet::method).collect(Collectors.joining(", "));
    }

    private static String method(Webhook webhook) {
        return webhook.method() == null ? "POST" : webhook.method().toUpperCase(Locale.ROOT);
    }

    private static String name(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null ? "" : path.substring(1);
    }

    private static void answer(HttpServletResponse response, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
