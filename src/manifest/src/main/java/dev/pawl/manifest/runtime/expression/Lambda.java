package dev.pawl.manifest.runtime.expression;

import dev.pawl.manifest.runtime.value.Absent;

/** A function written in an expression, bound to the frame it was met in. */
final class Lambda {
    private final Frame frame;
    private final int[] parameters;
    private final Code body;

    Lambda(Frame frame, int[] parameters, Code body) {
        this.frame = frame;
        this.parameters = parameters;
        this.body = body;
    }

    Object apply(Object... arguments) {
        for (int i = 0; i < parameters.length; i++) {
            frame.local(parameters[i], i < arguments.length ? arguments[i] : Absent.UNDEFINED);
        }
        return body.value(frame);
    }
}
