package dev.pawl.samples.guards;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.Retry;
import dev.pawl.api.StepOptions;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.samples.guards.AskForForecast.Forecast;
import dev.pawl.samples.guards.AskForForecast.Question;
import java.io.IOException;
import java.time.Duration;

/**
 * Repeats a call to a service that stumbles: five attempts, from one second on and doubling, each pause partly random so
 * that many callers do not come back together. A question that cannot be answered is not asked again.
 */
@Workflow(value = "ask-for-forecast", description = "Asks a weather service that does not always answer")
public class AskForForecast implements DurableWorkflow<Question, Forecast> {

    private static final Retry PATIENT =
            Retry.exponential(5, Duration.ofSeconds(1)).withJitter(0.5);

    public record Question(String town) {
        public Question {
            if (town == null || town.isBlank()) {
                throw new IllegalArgumentException("a question names a town");
            }
        }
    }

    public record Forecast(String town, String weather) {}

    /** A service elsewhere. */
    interface WeatherService {
        /** @throws IOException when it does not answer this time */
        String weatherIn(String town, int attempt) throws IOException;
    }

    private final WeatherService service;

    public AskForForecast() {
        this(AskForForecast::stumbling);
    }

    AskForForecast(WeatherService service) {
        this.service = service;
    }

    @Override
    public Forecast run(WorkflowContext ctx, Question question) {
        String weather = ctx.step(
                "ask",
                String.class,
                StepOptions.retry(PATIENT),
                step -> service.weatherIn(question.town(), step.attempt()));
        return new Forecast(question.town(), weather);
    }

    /** Answers at the third attempt, and knows no Atlantis. */
    private static String stumbling(String town, int attempt) throws IOException {
        if (town.equals("Atlantis")) {
            throw new NonRetryableException("UNKNOWN_TOWN", "There is no weather in " + town);
        }
        if (attempt < 3) {
            throw new IOException("the weather service is busy");
        }
        return "rain later";
    }
}
