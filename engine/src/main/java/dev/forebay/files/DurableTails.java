package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.Unsupported;
import dev.forebay.block.BlockStore;
import dev.forebay.block.BlockWriter;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderWriter;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The places for durable bytes. */
final class DurableTails {
    private DurableTails() {}

    /** Blocks of the block store, sealed one by one. */
    static final class Disk implements DurableTail {
        private final BlockStore store;
        private final List<BlockId> blocks = new ArrayList<>();
        private @Nullable BlockWriter writer;

        Disk(BlockStore store) {
            this.store = store;
        }

        @Override
        public void begin(BlockId block) {
            writer = store.create(block);
            blocks.add(block);
        }

        @Override
        public void append(ByteBuffer source) {
            current().append(source);
        }

        private BlockWriter current() {
            BlockWriter open = writer;
            if (open == null) {
                throw new IllegalStateException("no block was begun");
            }
            return open;
        }

        @Override
        public void end() {
            BlockWriter open = current();
            open.seal();
            open.close();
            writer = null;
        }

        @Override
        public String complete() {
            return "";
        }

        @Override
        public void sync() {
            BlockWriter open = writer;
            if (open != null) {
                open.sync();
            }
        }

        @Override
        public void drop(BlockId block) {
            blocks.remove(block);
            store.delete(block);
        }

        @Override
        public void abort() {
            leave();
            blocks.forEach(store::delete);
        }

        @Override
        public void leave() {
            BlockWriter open = writer;
            writer = null;
            if (open != null) {
                open.close();
            }
        }

        @Override
        public Extent.Place place() {
            return Extent.Place.DISK;
        }
    }

    /**
     * One file of a mounted store, visible when complete. After a failed append it is not known
     * which bytes the store took, so that nothing but {@link #abort} is left.
     */
    static final class Under implements DurableTail {
        private final UnderStore store;
        private final FilePath path;
        private @Nullable UnderWriter writer;
        private @Nullable String fingerprint;
        private boolean failed;

        Under(UnderStore store, FilePath path) {
            this.store = store;
            this.path = path;
        }

        private UnderWriter writer() {
            if (failed) {
                throw new InvalidState("an earlier write to the mounted store failed", path);
            }
            UnderWriter open = writer;
            if (open == null) {
                open = store.create(path);
                writer = open;
            }
            return open;
        }

        @Override
        public void begin(BlockId block) {}

        @Override
        public void append(ByteBuffer source) {
            UnderWriter open = writer();
            failed = true;
            open.write(source);
            failed = false;
        }

        @Override
        public void end() {}

        @Override
        public String complete() {
            String known = fingerprint;
            if (known != null) {
                // an earlier close got this far, and must not put an empty file in its place
                return known;
            }
            UnderWriter open = writer();
            String committed = open.commit().fingerprint();
            fingerprint = committed;
            open.close();
            writer = null;
            return committed;
        }

        @Override
        public void sync() {
            throw new Unsupported("a file written through to its mount cannot be synced", path);
        }

        @Override
        public void drop(BlockId block) {
            throw new Unsupported("a file written through to its mount cannot be cut", path);
        }

        @Override
        public void leave() {
            abort();
        }

        @Override
        public void abort() {
            UnderWriter open = writer;
            writer = null;
            if (open != null) {
                open.close();
            }
        }

        @Override
        public Extent.Place place() {
            return Extent.Place.UNDER;
        }
    }

    /** Nowhere: memory is the only place. */
    enum None implements DurableTail {
        INSTANCE;

        @Override
        public void begin(BlockId block) {}

        @Override
        public void append(ByteBuffer source) {
            source.position(source.limit());
        }

        @Override
        public void end() {}

        @Override
        public String complete() {
            return "";
        }

        @Override
        public void sync() {}

        @Override
        public void drop(BlockId block) {}

        @Override
        public void leave() {}

        @Override
        public void abort() {}

        @Override
        public Extent.Place place() {
            return Extent.Place.MEMORY;
        }
    }
}
