package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.error.Unavailable;
import dev.forebay.block.BlockReader;
import dev.forebay.understore.UnderStore;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Where durable bytes of blocks come from. */
final class BlockSources {
    private BlockSources() {}

    /** A block kept in the value log, read at open. */
    record Bytes(ByteBuffer bytes) implements BlockSource {
        @Override
        public int read(long position, ByteBuffer target) {
            int count = (int) Math.max(0, Math.min(target.remaining(), bytes.limit() - position));
            target.put(bytes.slice((int) position, count));
            return count;
        }

        @Override
        public void close() {}
    }

    /** A block of the block store. */
    record Disk(BlockReader reader) implements BlockSource {
        @Override
        public int read(long position, ByteBuffer target) {
            return reader.read(position, target);
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    /**
     * A range of a file of a mounted store. Reading on from where the last read ended costs nothing
     * extra.
     */
    static final class Under implements BlockSource {
        private static final int COPY = 128 << 10;

        private final UnderStore store;
        private final FilePath path;
        private final UnderStore.Range range;
        private @Nullable InputStream stream;
        private long streamPosition;

        Under(UnderStore store, FilePath path, UnderStore.Range range) {
            this.store = store;
            this.path = path;
            this.range = range;
        }

        @Override
        public int read(long position, ByteBuffer target) {
            try {
                InputStream from = streamAt(position);
                byte[] copy = new byte[Math.min(COPY, target.remaining())];
                int total = 0;
                while (target.hasRemaining()) {
                    int count = from.read(copy, 0, Math.min(copy.length, target.remaining()));
                    if (count < 0) {
                        break;
                    }
                    target.put(copy, 0, count);
                    total += count;
                    streamPosition += count;
                }
                return total;
            } catch (IOException e) {
                throw new Unavailable("reading from the mounted store failed", path, e);
            }
        }

        private InputStream streamAt(long position) {
            InputStream current = stream;
            if (current == null || streamPosition != position) {
                close();
                current =
                        store.open(
                                path,
                                new UnderStore.Range(
                                        range.position() + position, range.length() - position));
                stream = current;
                streamPosition = position;
            }
            return current;
        }

        @Override
        public void close() {
            InputStream current = stream;
            stream = null;
            if (current == null) {
                return;
            }
            try {
                current.close();
            } catch (IOException e) {
                throw new Unavailable("closing a file of the mounted store failed", path, e);
            }
        }
    }
}
