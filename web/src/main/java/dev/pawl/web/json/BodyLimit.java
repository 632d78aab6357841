package dev.pawl.web.json;

import dev.pawl.web.problem.HttpFault;
import dev.pawl.web.problem.RequestException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts a body while it is read, and refuses it as soon as it is too long: by what it announces or by what comes. */
public final class BodyLimit extends FilterInputStream {

    private final long limit;
    private final String setting;
    private long seen;

    private BodyLimit(InputStream body, long limit, String setting) {
        super(body);
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
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        count(skipped);
        return skipped;
    }

    private void count(long more) {
        seen += more;
        if (seen > limit) {
            throw tooLarge(limit, setting);
        }
    }

    private static RequestException tooLarge(long limit, String setting) {
        return new RequestException(
                HttpFault.PAYLOAD_TOO_LARGE,
                "The body is larger than " + limit + " bytes, the limit set by " + setting);
    }
}
