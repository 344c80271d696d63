package dev.forebay.cli;

import dev.forebay.base.ObjectId;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.FileWriter;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectHandle;
import dev.forebay.client.ObjectsException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;

/** Makes a file of an object. */
@Command(
        name = "save",
        description = {
            "Make a file of the data of an object, which stays as it is.",
            "A file that fails on the way is dropped."
        })
final class ObjectSaveCommand implements Callable<Integer> {
    @Mixin private final Session session;
    @Mixin private final ObjectStore store;

    @Option(
            names = {"-f", "--force"},
            description = "Replace a file that is there.")
    private boolean force;

    @Parameters(index = "0", paramLabel = "ID", description = "40 hexadecimal digits.")
    private ObjectId id = new ObjectId(0, 0, 0);

    @Parameters(index = "1", paramLabel = "PATH", description = "A path of the namespace.")
    private String path = "";

    ObjectSaveCommand(Session session) {
        this.session = session;
        this.store = new ObjectStore(session);
    }

    @Override
    public Integer call() {
        try (ObjectClient client = store.connect();
                ObjectHandle handle =
                        client.find(id)
                                .orElseThrow(() -> new ObjectsException.ObjectNotFound(id))) {
            session.making(path, () -> save(handle.data()));
            session.done("save", path);
        }
        return session.exitCode();
    }

    private void save(MemorySegment data) {
        FileWriter writer =
                session.files().create(path, CreateOptions.DEFAULT.withOverwrite(force));
        boolean whole = false;
        try {
            ObjectBytes.pieces(data, piece -> writer.write(ByteBuffer.wrap(piece)));
            whole = true;
        } finally {
            if (whole) {
                writer.close();
            } else {
                writer.abort();
            }
        }
    }
}
