package dev.forebay.base.unix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One end of a stream socket.
 *
 * <p>One thread at a time may read or await, another one at the same time may write; any thread may
 * call {@link #shutdown}, after which blocked calls end. {@link #close} is for whoever knows that
 * no other thread is in a call.
 */
public final class UnixConnection implements AutoCloseable {
    // Values of <bits/socket.h> and <poll.h>.
    private static final int MSG_WAITALL = 0x100;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int SO_TYPE = 3;
    private static final int SO_PEERCRED = 17;
    private static final int SOCK_STREAM = 1;
    private static final short POLLIN = 1;
    private static final short POLLOUT = 4;
    private static final short POLLRDHUP = 0x2000;

    private static final int FOR_EVER = -1;

    /** How a wait ended. */
    public enum Readiness {
        /** Somebody signalled. */
        WOKEN,
        /** The other side closed the connection, or at least its sending half. */
        HUNG_UP,
        /** The time is over. */
        TIMED_OUT
    }

    private final int descriptor;
    private final MemorySegment readState = LibraryCalls.newState();
    private final MemorySegment writeState = LibraryCalls.newState();
    private final MemorySegment readEntries = Arena.ofAuto().allocate(16, Long.BYTES);
    private final MemorySegment writeEntry = Arena.ofAuto().allocate(8, Long.BYTES);
    private final ControlMessage sent = new ControlMessage();
    private boolean closed;

    UnixConnection(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Connects to a listener.
     *
     * @throws dev.forebay.base.error.NotFound when there is no such socket
     * @throws dev.forebay.base.error.Unavailable when nobody answers there
     * @throws dev.forebay.base.error.PermissionDenied when the system does not let us
     * @throws Invalid when the path has not 1 to 107 bytes
     */
    public static UnixConnection connect(Path path) {
        int descriptor = UnixCalls.socket(0);
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment address = UnixAddress.of(path, scratch);
            long result;
            do {
                result = UnixCalls.connect(descriptor, address);
            } while (result == -LibraryCalls.EINTR);
            if (result < 0) {
                throw UnixCalls.failure("connect " + path, result);
            }
            return new UnixConnection(descriptor);
        } catch (RuntimeException e) {
            LibraryCalls.close(descriptor);
            throw e;
        }
    }

    /** Two ends that are connected; each is closed by itself. */
    public record Pair(UnixConnection near, UnixConnection far) {}

    /** Makes a connection within this process, one end of which can be sent to another. */
    public static Pair pair() {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment descriptors = scratch.allocate(JAVA_INT, 2);
            UnixCalls.socketPair(descriptors);
            return new Pair(
                    new UnixConnection(descriptors.getAtIndex(JAVA_INT, 0)),
                    new UnixConnection(descriptors.getAtIndex(JAVA_INT, 1)));
        }
    }

    /**
     * Takes over a socket that another process sent. It may be blocking or not.
     *
     * @throws Invalid when it is not a stream socket; it is closed then
     */
    public static UnixConnection of(UnixDescriptor received) {
        int descriptor = received.take();
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment type = scratch.allocate(JAVA_INT);
            long result = UnixCalls.socketOption(descriptor, SO_TYPE, type);
            if (result == 0 && type.get(JAVA_INT, 0) == SOCK_STREAM) {
                return new UnixConnection(descriptor);
            }
        }
        LibraryCalls.close(descriptor);
        throw new Invalid("not a stream socket", "descriptor");
    }

    /**
     * Reads until the segment is full.
     *
     * @param target native memory; empty returns at once
     * @return false when the other side ended the stream before the first byte
     * @throws Closed when it ended later, or the connection broke
     */
    public boolean read(MemorySegment target) {
        long length = target.byteSize();
        long done = 0;
        while (done < length) {
            MemorySegment rest = done == 0 ? target : target.asSlice(done);
            long count = UnixCalls.receive(readState, descriptor, rest, MSG_WAITALL);
            if (count > 0) {
                done += count;
            } else if (count == 0 && done == 0) {
                return false;
            } else if (count == 0) {
                throw new Closed("the stream ended within a message", length - done);
            } else if (count == -UnixCalls.EAGAIN) {
                pollForever(readState, readEntries, POLLIN);
            } else if (count != -LibraryCalls.EINTR) {
                throw UnixCalls.failure("recv", count);
            }
        }
        return true;
    }

    /**
     * Reads what is there, waiting for the first byte.
     *
     * @param target native memory, not empty
     * @return bytes read; 0 when the other side ended the stream
     * @throws Closed when the connection broke
     */
    public long readSome(MemorySegment target) {
        while (true) {
            long count = UnixCalls.receive(readState, descriptor, target, 0);
            if (count >= 0) {
                return count;
            }
            if (count == -UnixCalls.EAGAIN) {
                pollForever(readState, readEntries, POLLIN);
            } else if (count != -LibraryCalls.EINTR) {
                throw UnixCalls.failure("recv", count);
            }
        }
    }

    /**
     * Reads one byte and the one descriptor that comes with it.
     *
     * @throws Invalid when none or more come with it; they are closed then
     * @throws Closed when the stream ends
     */
    public UnixDescriptor receiveDescriptor() {
        return receiveDescriptors(1).descriptors().getFirst();
    }

    /**
     * A byte and what came with it.
     *
     * @param body the byte
     * @param descriptors each to be closed
     */
    public record Received(byte body, List<UnixDescriptor> descriptors) {
        /** Copies the list. */
        public Received {
            descriptors = List.copyOf(descriptors);
        }
    }

    /**
     * Reads one byte and the descriptors that come with it.
     *
     * @param count how many, 1 to 4
     * @throws Invalid when less or more come with it; they are closed then
     * @throws Closed when the stream ends
     */
    public Received receiveDescriptors(int count) {
        ControlMessage received = new ControlMessage();
        long result;
        do {
            received.prepareReceive();
            result =
                    UnixCalls.receiveMessage(
                            readState, descriptor, received.header(), MSG_CMSG_CLOEXEC);
            if (result == -UnixCalls.EAGAIN) {
                pollForever(readState, readEntries, POLLIN);
            }
        } while (result == -LibraryCalls.EINTR || result == -UnixCalls.EAGAIN);
        if (result < 0) {
            throw UnixCalls.failure("recvmsg", result);
        }
        if (result == 0) {
            throw new Closed("the stream ended before a descriptor", "");
        }
        return received.received(count);
    }

    /**
     * Writes all bytes, in one call of the system where the socket has room.
     *
     * @param source native memory
     * @throws Closed when the other side is gone
     */
    public void write(MemorySegment source) {
        long length = source.byteSize();
        long done = 0;
        while (done < length) {
            MemorySegment rest = done == 0 ? source : source.asSlice(done);
            long count = UnixCalls.send(writeState, descriptor, rest, MSG_NOSIGNAL);
            if (count >= 0) {
                done += count;
            } else if (count == -UnixCalls.EAGAIN) {
                pollForever(writeState, writeEntry, POLLOUT);
            } else if (count != -LibraryCalls.EINTR) {
                throw UnixCalls.failure("send", count);
            }
        }
    }

    /**
     * Sends one byte with a descriptor, in a message of its own. The descriptor stays open here.
     *
     * @throws Closed when the other side is gone
     */
    public void sendDescriptor(int number) {
        send((byte) 0, number);
    }

    /**
     * Sends one byte with descriptors, in a message of its own. They stay open here.
     *
     * @param descriptors 1 to 4
     * @throws Closed when the other side is gone
     */
    public void sendDescriptors(byte body, List<UnixDescriptor> descriptors) {
        send(body, descriptors.stream().mapToInt(UnixDescriptor::open).toArray());
    }

    private void send(byte body, int... numbers) {
        long count;
        do {
            sent.prepareSend(body, numbers);
            count = UnixCalls.sendMessage(writeState, descriptor, sent.header(), MSG_NOSIGNAL);
            if (count == -UnixCalls.EAGAIN) {
                pollForever(writeState, writeEntry, POLLOUT);
            }
        } while (count == -LibraryCalls.EINTR || count == -UnixCalls.EAGAIN);
        if (count < 0) {
            throw UnixCalls.failure("sendmsg", count);
        }
    }

    /**
     * Sends one byte with a connection, in a message of its own. The connection stays open here.
     *
     * @throws Closed when the other side is gone
     */
    public void send(UnixConnection other) {
        sendDescriptor(other.descriptor);
    }

    /** Who is at the other end. */
    public UnixPeer peer() {
        try (Arena scratch = Arena.ofConfined()) {
            // struct ucred: process, user, group
            MemorySegment credentials = scratch.allocate(JAVA_INT, 3);
            long result = UnixCalls.socketOption(descriptor, SO_PEERCRED, credentials);
            if (result < 0) {
                throw UnixCalls.failure("getsockopt", result);
            }
            return new UnixPeer(
                    credentials.getAtIndex(JAVA_INT, 0),
                    credentials.getAtIndex(JAVA_INT, 1),
                    credentials.getAtIndex(JAVA_INT, 2));
        }
    }

    /** Whether the other side closed the connection, or at least its sending half. */
    public boolean hungUp() {
        setEntry(readEntries, 0, descriptor, POLLRDHUP);
        return UnixCalls.poll(readState, readEntries, 1, 0) > 0;
    }

    /**
     * Waits for a signal, for the end of the connection, or for time to pass, and takes the signals
     * back. Bytes that arrive do not end it. It may end early with TIMED_OUT.
     *
     * @param timeoutMillis 0 looks only; -1 waits for ever
     */
    public Readiness await(UnixWake wake, int timeoutMillis) {
        setEntry(readEntries, 0, descriptor, POLLRDHUP);
        setEntry(readEntries, 1, wake.descriptor(), POLLIN);
        long count = UnixCalls.poll(readState, readEntries, 2, timeoutMillis);
        if (count < 0 && count != -LibraryCalls.EINTR) {
            throw UnixCalls.failure("poll", count);
        }
        if (count <= 0) {
            return Readiness.TIMED_OUT;
        }
        boolean hungUp = result(readEntries, 0) != 0;
        boolean woken = result(readEntries, 1) != 0;
        if (woken) {
            wake.clear();
        }
        return hungUp ? Readiness.HUNG_UP : Readiness.WOKEN;
    }

    /** Ends both directions: calls in progress and later ones end as if the other side had gone. */
    public synchronized void shutdown() {
        if (!closed) {
            UnixCalls.shutdown(descriptor);
        }
    }

    /** Sends no more; the other side reads to the end of what was sent. */
    public synchronized void endOutput() {
        if (!closed) {
            UnixCalls.shutdownOutput(descriptor);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            LibraryCalls.close(descriptor);
        }
    }

    /** The number of the socket, to be sent to another process. */
    int descriptor() {
        return descriptor;
    }

    private void pollForever(MemorySegment state, MemorySegment entries, short events) {
        setEntry(entries, 0, descriptor, events);
        long count = UnixCalls.poll(state, entries, 1, FOR_EVER);
        if (count < 0 && count != -LibraryCalls.EINTR) {
            throw UnixCalls.failure("poll", count);
        }
    }

    // struct pollfd: descriptor, 4 bytes; events, 2; result, 2
    private static void setEntry(MemorySegment entries, int index, int number, short events) {
        entries.set(JAVA_INT, index * 8L, number);
        entries.set(JAVA_SHORT, index * 8L + 4, events);
        entries.set(JAVA_SHORT, index * 8L + 6, (short) 0);
    }

    private static short result(MemorySegment entries, int index) {
        return entries.get(JAVA_SHORT, index * 8L + 6);
    }

    /**
     * A {@code struct msghdr} with one byte and room for descriptors.
     *
     * <pre>
     * header   0 name, 8 name length, 16 vector, 24 its length, 32 control, 40 its length, 48 flags
     * vector   0 address of the byte, 8 its length
     * control  0 length, 8 level SOL_SOCKET, 12 type SCM_RIGHTS, 16 descriptors, 4 bytes each
     * </pre>
     */
    private static final class ControlMessage {
        private static final int DESCRIPTORS_MAX = 4;
        private static final int SOL_SOCKET = 1;
        private static final int SCM_RIGHTS = 1;
        private static final long CONTROL_HEADER = 16;
        private static final long CONTROL_LENGTH = CONTROL_HEADER + 4L * DESCRIPTORS_MAX;

        private final MemorySegment header;
        private final MemorySegment control;
        private final MemorySegment body;

        ControlMessage() {
            // One arena, so that a call that holds the header holds what it points to.
            Arena arena = Arena.ofAuto();
            header = arena.allocate(56, Long.BYTES);
            control = arena.allocate(CONTROL_LENGTH, Long.BYTES);
            MemorySegment vector = arena.allocate(16, Long.BYTES);
            body = arena.allocate(1);
            vector.set(ADDRESS, 0, body);
            vector.set(JAVA_LONG, 8, 1);
            header.set(ADDRESS, 16, vector);
            header.set(JAVA_LONG, 24, 1);
            header.set(ADDRESS, 32, control);
        }

        MemorySegment header() {
            return header;
        }

        void prepareSend(byte content, int... numbers) {
            if (numbers.length == 0 || numbers.length > DESCRIPTORS_MAX) {
                throw new Invalid("not 1 to 4 descriptors", numbers.length);
            }
            long length = CONTROL_HEADER + 4L * numbers.length;
            body.set(JAVA_BYTE, 0, content);
            control.set(JAVA_LONG, 0, length);
            control.set(JAVA_INT, 8, SOL_SOCKET);
            control.set(JAVA_INT, 12, SCM_RIGHTS);
            for (int i = 0; i < numbers.length; i++) {
                control.set(JAVA_INT, CONTROL_HEADER + 4L * i, numbers[i]);
            }
            header.set(JAVA_LONG, 40, (length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        }

        void prepareReceive() {
            control.fill((byte) 0);
            header.set(JAVA_LONG, 40, CONTROL_LENGTH);
        }

        Received received(int wanted) {
            boolean rights =
                    header.get(JAVA_LONG, 40) >= CONTROL_HEADER + Integer.BYTES
                            && control.get(JAVA_INT, 8) == SOL_SOCKET
                            && control.get(JAVA_INT, 12) == SCM_RIGHTS;
            long count = rights ? (control.get(JAVA_LONG, 0) - CONTROL_HEADER) / Integer.BYTES : 0;
            List<UnixDescriptor> descriptors = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                descriptors.add(
                        new UnixDescriptor(
                                control.get(JAVA_INT, CONTROL_HEADER + i * Integer.BYTES)));
            }
            if (count != wanted) {
                descriptors.forEach(UnixDescriptor::close);
                throw new Invalid("not as many descriptors as expected with a byte", count);
            }
            return new Received(body.get(JAVA_BYTE, 0), descriptors);
        }
    }
}
