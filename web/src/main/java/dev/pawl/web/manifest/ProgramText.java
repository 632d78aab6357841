package dev.pawl.web.manifest;

import dev.pawl.web.problem.HttpFault;
import dev.pawl.web.problem.RequestException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a program from a body: UTF-8, whatever the request says the body is. */
final class ProgramText {

    private ProgramText() {}

    static String read(InputStream body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RequestException(HttpFault.MALFORMED_REQUEST, "The program is not UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("The program could not be read", e);
        }
    }
}
