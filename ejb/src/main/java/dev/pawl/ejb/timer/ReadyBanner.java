package dev.pawl.ejb.timer;

import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prints where the server is found, once it has answered a request of its own. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ReadyBanner {

    private static final Logger LOG = LoggerFactory.getLogger(ReadyBanner.class);
    private static final long LOOK_EVERY_MILLIS = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Resource
    private TimerService timers;

    @Inject
    private Config config;

    public void printWhenReady() {
        timers.createIntervalTimer(LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, new TimerConfig("banner", false));
    }

    @Timeout
    void look(Timer timer) {
        String host = config.getOptionalValue("pawl.http.host", String.class).orElse("localhost");
        String port = config.getOptionalValue("pawl.http.port", String.class).orElse("9080");
        String base = "http://" + ("127.0.0.1".equals(host) || "*".equals(host) ? "localhost" : host) + ":" + port;
        if (isReady(base)) {
            timer.cancel();
            System.out.println(text(base));
        }
    }

    private static boolean isReady(String base) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/health/ready"))
                .timeout(PATIENCE)
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            LOG.debug("Not listening yet", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String text(String base) {
        return """

                Pawl is ready.
                  Start      %1$s/
                  API        %1$s/api/workflows
                  OpenAPI    %1$s/openapi/ui
                  Health     %1$s/health
                  Documents  %1$s/documents/
                """.formatted(base);
    }
}
