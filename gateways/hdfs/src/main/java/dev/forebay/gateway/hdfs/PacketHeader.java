package dev.forebay.gateway.hdfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a packet that is sent, always of the same length: clients read it so. It is the
 * message PacketHeaderProto of datatransfer.proto, without its optional field.
 *
 * <pre>
 * length of checksums and data plus 4   4 big-endian
 * length of the message, 25             2 big-endian
 * 0x09 | offset in block                8 little-endian
 * 0x11 | number of the packet           8 little-endian
 * 0x18 | whether it is the last         1
 * 0x25 | length of data                 4 little-endian
 * </pre>
 */
final class PacketHeader {
    /** Bytes in all. */
    static final int LENGTH = 31;

    private static final short MESSAGE_LENGTH = 25;
    private static final byte OFFSET = 0x09;
    private static final byte NUMBER = 0x11;
    private static final byte LAST = 0x18;
    private static final byte DATA_LENGTH = 0x25;

    private PacketHeader() {}

    /**
     * A packet.
     *
     * @param offset in the block of its first byte
     * @param number from 0
     * @param length bytes of data; 0 for the last packet of a block, and no other
     */
    record Packet(long offset, long number, int length) {}

    /** Appends a header. */
    static void put(ByteBuffer target, Packet packet, int sumsLength) {
        target.putInt(Integer.BYTES + sumsLength + packet.length());
        target.putShort(MESSAGE_LENGTH);
        target.order(ByteOrder.LITTLE_ENDIAN);
        target.put(OFFSET).putLong(packet.offset());
        target.put(NUMBER).putLong(packet.number());
        target.put(LAST).put((byte) (packet.length() == 0 ? 1 : 0));
        target.put(DATA_LENGTH).putInt(packet.length());
        target.order(ByteOrder.BIG_ENDIAN);
    }
}
