package dev.forebay.files;

import dev.forebay.meta.KeyRange;
import dev.forebay.meta.MetaStore;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Space;
import dev.forebay.meta.Transaction;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A metadata store whose transactions keep what snapshots show of the rows that they change. */
final class KeepingStore implements MetaStore {
    private final MetaStore store;

    KeepingStore(MetaStore store) {
        this.store = store;
    }

    @Override
    public <T> T read(Function<Reader, T> work) {
        return store.read(work);
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        return store.transact(tx -> work.apply(new Keeping(tx)));
    }

    @Override
    public Map<String, Long> statistics() {
        return store.statistics();
    }

    @Override
    public void close() {
        store.close();
    }

    /** A transaction; whether there is anything to keep is asked once, and holds until its end. */
    private static final class Keeping implements Transaction {
        private final Transaction tx;
        private boolean asked;
        private boolean keeps;

        Keeping(Transaction tx) {
            this.tx = tx;
        }

        @Override
        public Optional<byte[]> get(Space space, byte[] key) {
            return tx.get(space, key);
        }

        @Override
        public void scan(Space space, KeyRange range, Visitor visitor) {
            tx.scan(space, range, visitor);
        }

        @Override
        public Optional<byte[]> getForShare(Space space, byte[] key) {
            return tx.getForShare(space, key);
        }

        @Override
        public Optional<byte[]> getForUpdate(Space space, byte[] key) {
            return tx.getForUpdate(space, key);
        }

        @Override
        public void put(Space space, byte[] key, byte[] value) {
            keep(space, key);
            tx.put(space, key, value);
        }

        @Override
        public void delete(Space space, byte[] key) {
            keep(space, key);
            tx.delete(space, key);
        }

        @Override
        public boolean insert(Space space, byte[] key, byte[] value) {
            // nothing is kept for an insert that does not happen
            if (keeps(space) && tx.getForUpdate(space, key).isPresent()) {
                return false;
            }
            keep(space, key);
            return tx.insert(space, key, value);
        }

        private boolean keeps(Space space) {
            if (!KeptRow.shows(space)) {
                return false;
            }
            if (!asked) {
                asked = true;
                keeps = SnapshotRows.share(tx) != 0;
            }
            return keeps;
        }

        private void keep(Space space, byte[] key) {
            if (!keeps(space)) {
                return;
            }
            List<Cover> covers = SnapshotRows.covers(tx, SnapshotRows.inodeOf(key));
            long newest = SnapshotRows.newest(tx, covers, Long.MAX_VALUE);
            if (newest == 0 || KeptRows.find(tx, space, key, newest).isPresent()) {
                return;
            }
            Optional<ByteBuffer> value = tx.getForUpdate(space, key).map(ByteBuffer::wrap);
            KeptRow.Key kept = new KeptRow.Key(space, ByteBuffer.wrap(key), newest);
            tx.put(FileSpaces.KEPT, kept.encode(), new KeptRow(kept, value, covers).encode());
        }
    }
}
