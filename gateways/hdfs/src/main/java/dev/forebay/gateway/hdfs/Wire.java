package dev.forebay.gateway.hdfs;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A socket of one client. One thread reads and one writes; any may end it. */
interface Wire extends ReadableByteChannel {
    /** Sends the first {@code count} of {@code sources}, each completely. */
    void write(ByteBuffer[] sources, int count) throws IOException;

    /**
     * Reads what is here already, without waiting.
     *
     * @return bytes read; 0 when there are none, or when that is not known
     */
    default int readNow(ByteBuffer target) throws IOException {
        return 0;
    }

    /** Sends no more. */
    void endOutput() throws IOException;

    /** Ends calls in progress, and later ones, as if the client had gone. */
    void end() throws IOException;

    /** The address that the client dialled. */
    InetAddress local() throws IOException;

    /** Where the client is, as text. */
    String remote() throws IOException;
}
