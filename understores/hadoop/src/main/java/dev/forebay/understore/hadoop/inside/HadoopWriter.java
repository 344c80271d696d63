package dev.forebay.understore.hadoop.inside;

import dev.forebay.base.FilePath;
import dev.forebay.understore.OpenOnce;
import dev.forebay.understore.UnderStatus;
import dev.forebay.understore.UnderWriter;

import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes a draft and gives it its name. Belongs to one thread. */
final class HadoopWriter implements UnderWriter {
    private static final Logger LOG = LoggerFactory.getLogger(HadoopWriter.class);
    private static final int PIECE = 128 * 1024;

    private final HadoopUnderStore store;
    private final FilePath path;
    private final Path draft;
    private final FSDataOutputStream stream;
    private final OpenOnce state;
    private boolean complete;

    HadoopWriter(HadoopUnderStore store, FilePath path, Path draft, FSDataOutputStream stream) {
        this.store = store;
        this.path = path;
        this.draft = draft;
        this.stream = stream;
        this.state = new OpenOnce(path);
    }

    @Override
    public void write(ByteBuffer source) {
        state.check();
        HadoopCalls.attempt(path, () -> copy(source));
    }

    private void copy(ByteBuffer source) throws IOException {
        if (source.hasArray()) {
            int position = source.arrayOffset() + source.position();
            stream.write(source.array(), position, source.remaining());
            source.position(source.limit());
            return;
        }
        byte[] piece = new byte[Math.min(PIECE, source.remaining())];
        while (source.hasRemaining()) {
            int count = Math.min(piece.length, source.remaining());
            source.get(piece, 0, count);
            stream.write(piece, 0, count);
        }
    }

    @Override
    public UnderStatus commit() {
        state.check();
        HadoopCalls.attempt(path, this::finish);
        UnderStatus status = store.publish(draft, path);
        state.end();
        store.drafts().end(draft);
        return status;
    }

    /** At most once: a commit that failed later may be tried again. */
    private void finish() throws IOException {
        if (complete) {
            return;
        }
        if (stream.hasCapability(StreamCapabilities.HSYNC)) {
            stream.hsync();
        }
        stream.close();
        complete = true;
    }

    @Override
    public void close() {
        if (state.end()) {
            HadoopCalls.attempt(path, this::drop);
            store.drafts().end(draft);
        }
    }

    private void drop() {
        try {
            // also when it is complete, since this is the end of its lease
            stream.close();
        } catch (IOException e) {
            LOG.debug("cannot close a file in the making path={}", draft, e);
        }
        store.drafts().delete(draft);
    }
}
