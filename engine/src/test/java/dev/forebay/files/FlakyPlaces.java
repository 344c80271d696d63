package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.error.Unavailable;
import dev.forebay.understore.UnderStatus;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderStoreFactory;
import dev.forebay.understore.UnderWriter;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Places behind a line that goes down when a test says so, one by one. */
final class FlakyPlaces implements UnderStoreFactory {
    private final UnderStoreFactory places;
    private final Set<String> down = ConcurrentHashMap.newKeySet();

    private volatile Runnable afterCommit = () -> {};

    FlakyPlaces(UnderStoreFactory places) {
        this.places = places;
    }

    /** From now on a place cannot be reached. */
    void takeDown(String name) {
        down.add("memory://" + name);
    }

    /** From now on runs this once a file is there, before its writer hears of it. */
    void afterCommit(Runnable task) {
        afterCommit = task;
    }

    void bringBack(String name) {
        down.remove("memory://" + name);
    }

    @Override
    public Set<String> schemes() {
        return places.schemes();
    }

    @Override
    public UnderStore open(String uri, Map<String, String> properties) {
        return new FlakyStore(uri, places.open(uri, properties));
    }

    private final class FlakyStore implements UnderStore {
        private final String uri;
        private final UnderStore store;

        FlakyStore(String uri, UnderStore store) {
            this.uri = uri;
            this.store = store;
        }

        private UnderStore reached() {
            if (down.contains(uri)) {
                throw new Unavailable("the line is down", uri);
            }
            return store;
        }

        @Override
        public Optional<UnderStatus> stat(FilePath path) {
            return reached().stat(path);
        }

        @Override
        public List<UnderStatus> list(FilePath path) {
            return reached().list(path);
        }

        @Override
        public InputStream open(FilePath path, Range range) {
            return reached().open(path, range);
        }

        @Override
        public UnderWriter create(FilePath path) {
            return new FlakyWriter(reached().create(path));
        }

        @Override
        public boolean delete(FilePath path) {
            return reached().delete(path);
        }

        @Override
        public void rename(FilePath source, FilePath target) {
            reached().rename(source, target);
        }

        @Override
        public void createDirectories(FilePath path) {
            reached().createDirectories(path);
        }

        @Override
        public void close() {
            store.close();
        }

        private final class FlakyWriter implements UnderWriter {
            private final UnderWriter writer;

            FlakyWriter(UnderWriter writer) {
                this.writer = writer;
            }

            @Override
            public void write(ByteBuffer source) {
                reached();
                writer.write(source);
            }

            @Override
            public UnderStatus commit() {
                reached();
                UnderStatus status = writer.commit();
                afterCommit.run();
                return status;
            }

            @Override
            public void close() {
                writer.close();
            }
        }
    }
}
