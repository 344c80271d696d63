package dev.forebay.objects;

/**
 * What one session holds.
 *
 * @param user of the client
 * @param origin where the client is, such as {@code pid-4711}
 * @param references objects that it references, those that it creates included
 * @param bytes data and metadata of those
 */
public record SessionStatus(String user, String origin, long references, long bytes) {}
