package dev.pawl.web.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.web.problem.HttpFault;
import dev.pawl.web.problem.RequestException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a body as a value. An absent body is an empty object. */
final class BodyText {

    private BodyText() {}

    static Object read(InputStream body, Type type) throws IOException {
        String text = decode(body.readAllBytes());
        return JsonCodec.bind(text.isBlank() ? JsonCodec.object() : parse(text), JsonCodec.type(type));
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RequestException(HttpFault.MALFORMED_JSON, "The body is not UTF-8");
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JsonCodec.parse(text);
        } catch (UnfitJsonException e) {
            throw new RequestException(HttpFault.MALFORMED_JSON, "The body is " + e.getMessage(), e.errors());
        }
    }
}
