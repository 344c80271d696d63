package dev.forebay.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;

/**
 * An open file of the {@link LocalDisk}.
 *
 * <p>A {@link FileChannel} is closed for all its users when a thread in it is interrupted. So each
 * call takes the thread's interrupt away before, gives it back after, and when an interrupt comes
 * in the middle opens the file again by its name and repeats the call. All calls name their
 * position, so repeating is harmless. When the name stands for another file by then, which only a
 * rename or delete can bring about, the call fails with {@link ClosedChannelException}.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>{@code channel} is only replaced under the monitor, and by a channel of the same file.
 *   <li>once {@code closed} is set no channel is opened.
 * </ul>
 */
final class ChannelFile implements Disk.File {
    // The JDK copies heap buffers through direct ones as large as the request, and keeps them.
    private static final int HEAP_SLICE_LENGTH = 1 << 20;
    private static final int REOPENS_MAX = 100;

    private final Path path;
    private final Object fileKey;
    private final Set<StandardOpenOption> reopenOptions;
    private volatile FileChannel channel;
    private volatile boolean closed;

    private ChannelFile(Path path, Set<StandardOpenOption> options, FileChannel channel)
            throws IOException {
        this.path = path;
        this.reopenOptions = options;
        this.channel = channel;
        this.fileKey = fileKey(path);
    }

    static ChannelFile open(Path path, Disk.Mode mode) throws IOException {
        Set<StandardOpenOption> write = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
        Set<StandardOpenOption> create =
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE_NEW);
        Set<StandardOpenOption> read = Set.of(StandardOpenOption.READ);
        return switch (mode) {
            case READ -> wrap(path, read, FileChannel.open(path, read));
            case WRITE -> wrap(path, write, FileChannel.open(path, write));
            case CREATE -> wrap(path, write, FileChannel.open(path, create));
        };
    }

    private static ChannelFile wrap(Path path, Set<StandardOpenOption> options, FileChannel channel)
            throws IOException {
        try {
            return new ChannelFile(path, options, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static Object fileKey(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return Objects.requireNonNullElse(key, path);
    }

    /** One call on the channel; repeated from the start when the channel was closed under it. */
    private interface Call {
        long run(FileChannel channel) throws IOException;
    }

    private long uninterrupted(Call call) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            for (int reopens = 0; ; reopens++) {
                try {
                    return call.run(channel);
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    if (closed || reopens == REOPENS_MAX) {
                        throw e;
                    }
                    reopen(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(ClosedChannelException cause) throws IOException {
        if (closed || channel.isOpen()) {
            return;
        }
        try {
            FileChannel opened = FileChannel.open(path, reopenOptions);
            if (!fileKey(path).equals(fileKey)) {
                opened.close();
                throw cause;
            }
            channel = opened;
        } catch (NoSuchFileException e) {
            cause.addSuppressed(e);
            throw cause;
        }
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        int start = target.position();
        return (int)
                uninterrupted(
                        current -> {
                            target.position(start);
                            return readFully(current, position, target);
                        });
    }

    private static int readFully(FileChannel channel, long position, ByteBuffer target)
            throws IOException {
        int limit = target.limit();
        int total = 0;
        try {
            while (target.position() < limit) {
                target.limit(sliceLimit(target, limit));
                int count = channel.read(target, position + total);
                if (count < 0) {
                    break;
                }
                total += count;
            }
        } finally {
            target.limit(limit);
        }
        return total;
    }

    private static int sliceLimit(ByteBuffer buffer, int limit) {
        int remaining = limit - buffer.position();
        return buffer.isDirect()
                ? limit
                : buffer.position() + Math.min(remaining, HEAP_SLICE_LENGTH);
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        int start = source.position();
        uninterrupted(
                current -> {
                    source.position(start);
                    return writeFully(current, position, source);
                });
    }

    private static long writeFully(FileChannel channel, long position, ByteBuffer source)
            throws IOException {
        int limit = source.limit();
        long at = position;
        try {
            while (source.position() < limit) {
                source.limit(sliceLimit(source, limit));
                at += channel.write(source, at);
            }
        } finally {
            source.limit(limit);
        }
        return at - position;
    }

    @Override
    public void sync() throws IOException {
        uninterrupted(
                current -> {
                    current.force(true);
                    return 0;
                });
    }

    @Override
    public void truncate(long length) throws IOException {
        uninterrupted(
                current -> {
                    if (length > current.size()) {
                        current.write(ByteBuffer.allocate(1), length - 1);
                    } else {
                        current.truncate(length);
                    }
                    return 0;
                });
    }

    @Override
    public long length() throws IOException {
        return uninterrupted(FileChannel::size);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
