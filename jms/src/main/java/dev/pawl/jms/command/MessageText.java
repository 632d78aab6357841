package dev.pawl.jms.command;

import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Gets the text out of a message. */
final class MessageText {

    private MessageText() {}

    /** @throws RefusedException when there is none, or more of it than the server takes */
    static String of(Message message, int limit) throws JMSException {
        if (message instanceof TextMessage text) {
            String content = text.getText() == null ? "" : text.getText();
            checkLength(content.length(), limit);
            return content;
        }
        if (message instanceof BytesMessage bytes) {
            checkLength(bytes.getBodyLength(), limit);
            byte[] content = new byte[(int) bytes.getBodyLength()];
            bytes.readBytes(content);
            return decode(content);
        }
        throw invalid("A text message is expected, or a bytes message of UTF-8");
    }

    private static String decode(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid("The bytes of the message are not UTF-8");
        }
    }

    private static void checkLength(long length, int limit) {
        if (length > limit) {
            throw invalid("The message is longer than " + limit + ", the limit set by pawl.jms.max-body-bytes");
        }
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(Refusal.of(RefusalCode.VALIDATION_FAILED, message));
    }
}
