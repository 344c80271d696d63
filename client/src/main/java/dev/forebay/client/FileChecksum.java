package dev.forebay.client;

/**
 * A checksum of a whole file.
 *
 * @param algorithm such as {@code MD5-of-0MD5-of-512CRC32C}; values of others do not compare
 * @param value in lower-case hexadecimal digits
 */
public record FileChecksum(String algorithm, String value) {}
