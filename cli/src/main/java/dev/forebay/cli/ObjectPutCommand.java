package dev.forebay.cli;

import dev.forebay.base.ObjectId;
import dev.forebay.base.Randomness;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectClient.ObjectContent;
import dev.forebay.client.rest.JsonOutput;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Makes an object. */
@Command(
        name = "put",
        description = {
            "Make an object of a local file; - for standard input.",
            "Prints its id, which is random unless told."
        })
final class ObjectPutCommand implements Callable<Integer> {
    @Mixin private final Session session;
    @Mixin private final ObjectStore store;

    @Option(names = "--id", paramLabel = "ID", description = "40 hexadecimal digits.")
    private @Nullable ObjectId id;

    @Option(names = "--metadata", paramLabel = "TEXT", description = "Metadata, as UTF-8.")
    private String metadata = "";

    @Parameters(paramLabel = "FILE", description = "Or -.")
    private String file = "-";

    ObjectPutCommand(Session session) {
        this.session = session;
        this.store = new ObjectStore(session);
    }

    @Override
    public Integer call() {
        ObjectId given = id;
        ObjectId name =
                given == null ? ObjectId.of(Randomness.secure().bytes(ObjectId.LENGTH)) : given;
        try (Arena scope = Arena.ofShared();
                ObjectClient client = store.connect()) {
            MemorySegment data =
                    file.equals("-")
                            ? ObjectBytes.map(session.console().in(), scope)
                            : ObjectBytes.map(Path.of(file), scope);
            byte[] text = metadata.getBytes(StandardCharsets.UTF_8);
            client.createAndSeal(new ObjectContent(name, data, MemorySegment.ofArray(text)));
            session.entry(
                    new JsonOutput()
                            .text("id", name.toString())
                            .number("dataLength", data.byteSize())
                            .number("metadataLength", text.length),
                    name.toString());
        }
        return session.exitCode();
    }
}
