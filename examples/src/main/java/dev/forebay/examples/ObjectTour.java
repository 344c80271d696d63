package dev.forebay.examples;

import dev.forebay.base.ObjectId;
import dev.forebay.client.ObjectBuilder;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectHandle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes an object into shared memory, reads it without a copy, and deletes it. */
public final class ObjectTour {
    private ObjectTour() {}

    /**
     * Connects to a store.
     *
     * @param args its socket, such as {@code /tmp/plasma}
     */
    public static void main(String[] args) {
        try (ObjectClient objects = ObjectClient.connect(Path.of(args[0]))) {
            run(objects);
        }
    }

    /** The same for any client, remote or embedded. */
    static void run(ObjectClient objects) {
        ObjectId id = ObjectId.parse("0123456789abcdef0123456789abcdef01234567");
        byte[] text = "written in place".getBytes(StandardCharsets.UTF_8);
        try (ObjectBuilder builder = objects.create(id, text.length)) {
            MemorySegment.copy(text, 0, builder.data(), ValueLayout.JAVA_BYTE, 0, text.length);
            builder.seal();
        }
        try (ObjectHandle handle = objects.find(id).orElseThrow()) {
            byte[] read = handle.data().toArray(ValueLayout.JAVA_BYTE);
            System.out.println(new String(read, StandardCharsets.UTF_8));
            System.out.println(objects.list().getFirst().references() + " reference");
        }
        objects.delete(id);
        System.out.println(objects.contains(id) ? "still there" : "gone");
    }
}
