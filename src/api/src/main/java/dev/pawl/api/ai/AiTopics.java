package dev.pawl.api.ai;

import java.util.regex.Pattern;

/** How topics are written. */
final class AiTopics {

    private static final Pattern TOPIC = Pattern.compile("[\\p{Alnum}_-]+([./:][\\p{Alnum}_-]+)*");
    private static final int LONGEST = 200;

    private AiTopics() {}

    static String check(String topic) {
        if (topic.length() > LONGEST || !TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException("The topic '" + topic
                    + "' must be a path of at most 200 characters whose segments of letters, digits, '_' or '-' are"
                    + " separated by '.', '/' or ':'");
        }
        return topic;
    }
}
