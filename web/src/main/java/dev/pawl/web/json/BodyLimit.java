package dev.pawl.web.json;

import dev.pawl.engine.work.CountedInput;
import dev.pawl.web.problem.HttpFault;
import dev.pawl.web.problem.RequestException;
import java.io.InputStream;

/** Counts a body while it is read, and refuses it as soon as it is too long: by what it announces or by what comes. */
public final class BodyLimit extends CountedInput {

    private final long limit;
    private final String setting;

    private BodyLimit(InputStream body, long limit, String setting) {
        super(body, limit);
        this.limit = limit;
        this.setting = setting;
    }

    /**
     * The body with its limit.
     *
     * @param announced the Content-Length, negative when there is none
     * @param setting where the limit comes from
     */
    public static InputStream on(InputStream body, long announced, long limit, String setting) {
        if (announced > limit) {
            throw tooLarge(limit, setting);
        }
        return new BodyLimit(body, limit, setting);
    }

    @Override
    protected RuntimeException tooMany() {
        return tooLarge(limit, setting);
    }

    private static RequestException tooLarge(long limit, String setting) {
        return new RequestException(
                HttpFault.PAYLOAD_TOO_LARGE,
                "The body is larger than " + limit + " bytes, the limit set by " + setting);
    }
}
