package dev.pawl.api.ai;

/** Who says something in a conversation. */
public enum AiRole {
    /** Whoever wrote the application: how to answer. */
    SYSTEM,
    USER,
    /** The model, earlier in the conversation. */
    ASSISTANT
}
