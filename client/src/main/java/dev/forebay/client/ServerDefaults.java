package dev.forebay.client;

/**
 * What a service takes when a writer does not say.
 *
 * @param blockSize bytes of a full block
 * @param replication durable copies
 * @param fileBufferSize bytes of a buffer
 * @param wire how bytes are sent
 * @param trashIntervalMinutes how long what {@code hdfs dfs -rm} removes is kept; 0 for not
 */
public record ServerDefaults(
        long blockSize, int replication, int fileBufferSize, Wire wire, long trashIntervalMinutes) {
    /**
     * How bytes are sent.
     *
     * @param packetSize bytes of a packet
     * @param checksumType such as {@code CRC32C}
     * @param bytesPerChecksum bytes that one checksum covers
     * @param encrypted whether they are encrypted
     */
    public record Wire(
            int packetSize, String checksumType, int bytesPerChecksum, boolean encrypted) {}
}
