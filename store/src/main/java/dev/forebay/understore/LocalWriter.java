package dev.forebay.understore;

import dev.forebay.base.Disk;
import dev.forebay.base.FilePath;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes a draft and gives it its name. Belongs to one thread. */
final class LocalWriter implements UnderWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LocalWriter.class);

    private final LocalUnderStore store;
    private final FilePath path;
    private final Path draft;
    private final Disk.File file;
    private final OpenOnce state;
    private long position;

    LocalWriter(LocalUnderStore store, FilePath path, Path draft) throws IOException {
        this.store = store;
        this.path = path;
        this.draft = draft;
        this.file = store.disk().open(draft, Disk.Mode.CREATE);
        this.state = new OpenOnce(path);
    }

    @Override
    public void write(ByteBuffer source) {
        state.check();
        int count = source.remaining();
        LocalUnderStore.attempt(
                path,
                () -> {
                    file.write(position, source);
                    return true;
                });
        position += count;
    }

    @Override
    public UnderStatus commit() {
        state.check();
        UnderStatus status =
                LocalUnderStore.attempt(
                        path,
                        () -> {
                            file.sync();
                            return store.publish(draft, path);
                        });
        state.end();
        closeFile();
        return status;
    }

    @Override
    public void close() {
        if (state.end()) {
            closeFile();
            deleteDraft();
        }
    }

    private void closeFile() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("cannot close a file in the making path={}", draft, e);
        }
    }

    private void deleteDraft() {
        try {
            store.disk().delete(draft);
        } catch (IOException e) {
            LOG.warn("cannot delete a file in the making path={}", draft, e);
        }
    }
}
