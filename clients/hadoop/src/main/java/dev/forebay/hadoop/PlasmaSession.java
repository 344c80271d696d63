package dev.forebay.hadoop;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * A connection to the Plasma socket of a node. What it references stays where it is in the shared
 * memory until the connection ends, however it ends: the node takes a reference back only then, and
 * only after this end can see that it is over.
 *
 * <p>The descriptor that the node sends is dropped, since Java 17 cannot receive it.
 */
final class PlasmaSession implements Closeable {
    /** How long the node may take for any step. */
    private static final long WAIT_MILLIS = 10_000;

    private static final int ANSWER_LENGTH_MAX = 64 << 20;

    private final SocketChannel channel;
    private boolean descriptorCame;

    private PlasmaSession(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects.
     *
     * @param socket path of the Plasma socket
     * @throws IOException when nobody listens there, this user may not, or the node is too slow
     */
    static PlasmaSession connect(String socket) throws IOException {
        PlasmaSession session =
                new PlasmaSession(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        try {
            session.channel.configureBlocking(false);
            session.call(PlasmaMessage.connect(), PlasmaMessage.CONNECT_REPLY);
            return session;
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * References objects.
     *
     * @param ids of 20 bytes each
     * @return one for each id, in the same order
     */
    List<PlasmaMessage.Place> get(List<byte[]> ids) throws IOException {
        PlasmaMessage answer = call(PlasmaMessage.get(ids), PlasmaMessage.GET_REPLY);
        if (answer.hasFiles() && !descriptorCame) {
            read(ByteBuffer.allocate(1));
            descriptorCame = true;
        }
        List<PlasmaMessage.Place> places = answer.places();
        if (places.size() != ids.size()) {
            throw new IOException("malformed answer of the node");
        }
        return places;
    }

    /** Makes an object, references it, and takes its name away, so that it ends with this. */
    PlasmaMessage.Place make(byte[] id, byte[] bytes) throws IOException {
        call(PlasmaMessage.createAndSeal(id, bytes), PlasmaMessage.CREATE_AND_SEAL_REPLY);
        PlasmaMessage.Place place = get(List.of(id)).get(0);
        call(PlasmaMessage.delete(id), PlasmaMessage.DELETE_REPLY);
        return place;
    }

    /**
     * Whether the connection has not ended: then everything that was referenced before this call
     * still is. Safe for use by many threads.
     */
    boolean holds() {
        try {
            return channel.read(ByteBuffer.allocate(1)) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private PlasmaMessage call(PlasmaMessage request, long replyType) throws IOException {
        ByteBuffer bytes = request.bytes();
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
        ByteBuffer header = read(ByteBuffer.allocate(PlasmaMessage.HEADER_LENGTH));
        long length = header.getLong(16);
        if (header.getLong(0) != 0 || header.getLong(8) != replyType || length < 0) {
            throw new IOException("not the answer that was asked for");
        }
        if (length > ANSWER_LENGTH_MAX) {
            throw new IOException("answer is too long: " + length);
        }
        return new PlasmaMessage(replyType, read(ByteBuffer.allocate((int) length)));
    }

    private ByteBuffer read(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            int count = channel.read(target);
            if (count < 0) {
                throw new EOFException("the node closed the connection");
            }
            if (count == 0) {
                await(SelectionKey.OP_READ);
            }
        }
        return target.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private void await(int operation) throws IOException {
        try (Selector selector = channel.provider().openSelector()) {
            channel.register(selector, operation);
            if (selector.select(WAIT_MILLIS) == 0) {
                if (!channel.isOpen()) {
                    throw new ClosedChannelException();
                }
                throw new SocketTimeoutException("the node did not answer");
            }
        }
    }

    /** Gives everything back. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
