package dev.forebay.tokens;

import dev.forebay.base.error.Invalid;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A token as text for URLs, as Hadoop's {@code Token.encodeToUrlString} writes it: base 64 of the
 * safe alphabet without padding, over
 *
 * <pre>
 * identifier | password | kind | service; each: length number, bytes
 * </pre>
 *
 * <p>with numbers as in {@link TokenIdentifier}. The text is a secret.
 */
public final class TokenUrl {
    private static final int LENGTH_MAX = 16_384;

    private TokenUrl() {}

    /**
     * What goes around a token.
     *
     * @param kind what it is good for
     * @param service where it is good; empty for anywhere
     */
    public record Label(String kind, String service) {}

    /** Writes a token. */
    public static String encode(Token token, Label label) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        put(target, token.identifier());
        put(target, token.password());
        put(target, label.kind().getBytes(StandardCharsets.UTF_8));
        put(target, label.service().getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(target.toByteArray());
    }

    /**
     * Reads a token; what is around it counts for nothing.
     *
     * @throws Invalid when it is malformed; does not tell the text
     */
    public static Token decode(String text) {
        try {
            if (text.length() > LENGTH_MAX) {
                throw new Invalid("malformed token", text.length());
            }
            ByteBuffer source = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            Token token = new Token(take(source), take(source));
            take(source);
            take(source);
            return token;
        } catch (BufferUnderflowException e) {
            throw new Invalid("malformed token", text.length(), e);
        } catch (IllegalArgumentException _) {
            // its message tells a part of the text
            throw new Invalid("malformed token", text.length());
        }
    }

    private static void put(ByteArrayOutputStream target, byte[] bytes) {
        TokenIdentifier.putNumber(target, bytes.length);
        target.writeBytes(bytes);
    }

    private static byte[] take(ByteBuffer source) {
        long length = TokenIdentifier.number(source);
        if (length < 0 || length > source.remaining()) {
            throw new Invalid("malformed token", length);
        }
        byte[] bytes = new byte[(int) length];
        source.get(bytes);
        return bytes;
    }
}
