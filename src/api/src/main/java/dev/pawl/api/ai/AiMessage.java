package dev.pawl.api.ai;

/** One turn of a conversation. */
public record AiMessage(AiRole role, String text) {

    public static AiMessage system(String text) {
        return new AiMessage(AiRole.SYSTEM, text);
    }

    public static AiMessage user(String text) {
        return new AiMessage(AiRole.USER, text);
    }

    public static AiMessage assistant(String text) {
        return new AiMessage(AiRole.ASSISTANT, text);
    }
}
