package dev.pawl.acceptance.feature.samples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scripts of {@code src/docs/samples.md} and the outputs it promises. */
final class SamplePage {

    private static final Path PAGE = Path.of("../src/docs/samples.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern SCRIPT = Pattern.compile("```sh\n(start .*?)```\\s*```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern START = Pattern.compile("start (\\S+) '(.*)'");
    private static final Pattern EVENT = Pattern.compile("event (\\S+) (\\S+) '(.*)'");
    private static final Pattern CLOCK = Pattern.compile("clock (\\S+)");

    private SamplePage() {}

    /** @param after how long after the start */
    record Event(Duration after, String type, String correlation, JsonNode data) {}

    /**
     * One script.
     *
     * @param lasts how far it moves the clock
     * @param output a text {@code …} stands for any other
     */
    record Script(String workflow, JsonNode input, List<Event> events, Duration lasts, JsonNode output) {
        @Override
        public String toString() {
            return workflow;
        }
    }

    static List<Script> scripts() {
        List<Script> scripts = new ArrayList<>();
        Matcher matcher = SCRIPT.matcher(read());
        while (matcher.find()) {
            scripts.add(script(matcher.group(1).lines().toList(), json(matcher.group(2))));
        }
        return scripts;
    }

    private static Script script(List<String> lines, JsonNode output) {
        Matcher start = match(START, lines.get(0));
        Duration after = Duration.ZERO;
        List<Event> events = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith("clock ")) {
                after = after.plus(Duration.parse(match(CLOCK, line).group(1)));
            } else {
                Matcher event = match(EVENT, line);
                events.add(new Event(after, event.group(1), event.group(2), json(event.group(3))));
            }
        }
        return new Script(start.group(1), json(start.group(2)), events, after, output);
    }

    private static Matcher match(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalStateException(PAGE + " has a line that this test does not know: " + line);
        }
        return matcher;
    }

    private static String read() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(PAGE + " has JSON that is none: " + text, e);
        }
    }
}
