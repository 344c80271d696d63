package dev.forebay.base.unix;

/**
 * The process at the other end of a connection, as the system knows it: it cannot be forged.
 *
 * @param processId at the time of connecting
 * @param userId of the process
 * @param groupId its first group
 */
public record UnixPeer(int processId, int userId, int groupId) {}
