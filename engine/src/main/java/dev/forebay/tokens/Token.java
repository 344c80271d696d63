package dev.forebay.tokens;

import java.security.MessageDigest;
import java.util.Arrays;

/** What a program shows: whom it acts for, and that it was told to. */
public final class Token {
    private final byte[] identifier;
    private final byte[] password;

    /** Copies both. */
    public Token(byte[] identifier, byte[] password) {
        this.identifier = identifier.clone();
        this.password = password.clone();
    }

    /** An encoded {@link TokenIdentifier}. */
    public byte[] identifier() {
        return identifier.clone();
    }

    /** What proves it; a secret. */
    public byte[] password() {
        return password.clone();
    }

    /** Whether the password is this one, found out in the same time whatever it is. */
    boolean provenBy(byte[] expected) {
        return MessageDigest.isEqual(password, expected);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Token token
                && Arrays.equals(identifier, token.identifier)
                && provenBy(token.password);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(identifier);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "Token";
    }
}
