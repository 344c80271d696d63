package dev.forebay.base;

import dev.forebay.base.error.Internal;

import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Message authentication codes (RFC 2104): who knows the key can tell that a message is genuine.
 */
public enum Hmac {
    /** Codes of 20 bytes. */
    SHA1("HmacSHA1"),

    /** Codes of 32 bytes. */
    SHA256("HmacSHA256");

    private final String algorithm;

    Hmac(String algorithm) {
        this.algorithm = algorithm;
    }

    /**
     * The code of a message.
     *
     * @param key 1 byte or more
     * @throws Internal when this Java does not have the algorithm
     */
    public byte[] of(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new Internal("this Java cannot make message authentication codes", algorithm, e);
        }
    }
}
