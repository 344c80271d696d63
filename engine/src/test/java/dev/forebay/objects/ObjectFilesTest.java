package dev.forebay.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.arena.Arena;
import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.HeapArena;
import dev.forebay.base.Clock;
import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Name;
import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.block.MemoryBlockStore;
import dev.forebay.files.CreateOptions;
import dev.forebay.files.DeleteOptions;
import dev.forebay.files.FileEngine;
import dev.forebay.files.FileReader;
import dev.forebay.files.FileSpaces;
import dev.forebay.files.FileStatus;
import dev.forebay.files.FilesConfig;
import dev.forebay.files.MountRequest;
import dev.forebay.files.NodeFileEngine;
import dev.forebay.meta.MemoryMetaStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Objects seen through the files engine. */
class ObjectFilesTest {
    private static final Principal ROOT = Principal.node("root");
    private static final FilePath MOUNT = FilePath.parse("/objects");

    private final Arena arena = HeapArena.open(ArenaOptions.of(1 << 20));
    private final ObjectEngine objects =
            NodeObjectEngine.open(arena, ObjectsConfig.DEFAULT, Clock.system());
    private final FileEngine files =
            NodeFileEngine.open(
                    new NodeFileEngine.Stores(
                            new MemoryMetaStore(FileSpaces.all(), Clock.system()),
                            new MemoryBlockStore(64 << 20),
                            arena,
                            List.of(new ObjectFilesFactory(objects, ROOT))),
                    FilesConfig.DEFAULT,
                    Clock.system(),
                    ROOT);
    private final ObjectSession session = objects.open(ROOT);

    @BeforeEach
    void mount() {
        files.mount(ROOT, MOUNT, new MountRequest(ObjectFilesFactory.URI, Map.of(), true, false));
    }

    @AfterEach
    void close() {
        objects.close();
        files.close();
        arena.close();
    }

    private static ObjectId id(int number) {
        return new ObjectId(number, -1, number);
    }

    private static FilePath path(int number) {
        return MOUNT.child(Name.of(id(number).toString()));
    }

    private void put(int number, String text) {
        session.createAndSeal(
                List.of(
                        new ObjectContent(
                                id(number),
                                MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8)),
                                MemorySegment.ofArray(new byte[3]),
                                number)));
    }

    private List<String> list() {
        List<String> names = new ArrayList<>();
        files.list(
                ROOT,
                MOUNT,
                FileEngine.ListOptions.DEFAULT,
                status -> names.add(status.path().name().toString()));
        return names;
    }

    private String read(int number) {
        try (FileReader reader = files.open(ROOT, path(number), ReadType.CACHE)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) reader.length());
            reader.read(0, bytes);
            return new String(bytes.array(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void sealedObjectsComeAndGoByThemselves() {
        assertThat(list()).isEmpty();
        put(1, "one");
        put(2, "second");
        session.create(new ObjectSession.Request(id(3), 5, 0));
        assertThat(list()).containsExactlyInAnyOrder(id(1).toString(), id(2).toString());
        session.delete(id(1));
        assertThat(list()).containsExactly(id(2).toString());
        assertThat(files.exists(ROOT, path(1), MetadataLoad.ONCE)).isFalse();
        FileStatus status = files.stat(ROOT, path(2), MetadataLoad.ONCE);
        assertThat(status.length()).isEqualTo(6);
        assertThat(status.access().mode()).isEqualTo(0444);
        assertThat(status.times().modified())
                .isEqualTo(objects.find(id(2)).orElseThrow().createdMillis());
    }

    @Test
    void bytesAreReadWithoutAnotherCopyInMemory() {
        put(1, "the data");
        long used = arena.used();
        assertThat(read(1)).isEqualTo("the data");
        files.load(ROOT, path(1), false);
        assertThat(arena.used()).isEqualTo(used);
        assertThat(objects.find(id(1)).orElseThrow().references()).isZero();
    }

    @Test
    void objectOfTheSameNameIsAnotherFile() {
        put(1, "first");
        assertThat(read(1)).isEqualTo("first");
        session.delete(id(1));
        put(1, "the second");
        assertThat(read(1)).isEqualTo("the second");
        assertThat(files.stat(ROOT, path(1), MetadataLoad.ONCE).length()).isEqualTo(10);
    }

    @Test
    void sequentialReaderReferencesTheObject() {
        put(1, "x".repeat(1000));
        try (FileReader reader = files.open(ROOT, path(1), ReadType.CACHE)) {
            ByteBuffer bytes = ByteBuffer.allocate(10);
            reader.read(0, bytes);
            assertThat(objects.find(id(1)).orElseThrow().references()).isEqualTo(1);
            assertThat(session.delete(id(1))).isEqualTo(ObjectSession.Deletion.IN_USE);
            bytes.clear();
            assertThat(reader.read(10, bytes)).isEqualTo(10);
        }
        assertThat(objects.find(id(1))).isEmpty();
        assertThatThrownBy(() -> read(1)).isInstanceOf(NotFound.class);
    }

    @Test
    void deleteOfTheFileDeletesTheObject() {
        put(1, "one");
        files.delete(ROOT, path(1), DeleteOptions.DEFAULT);
        assertThat(session.contains(id(1))).isFalse();
        assertThatThrownBy(() -> files.delete(ROOT, path(1), DeleteOptions.DEFAULT))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void filesCannotBeMadeOrChanged() {
        put(1, "one");
        FilePath other = MOUNT.child(Name.of("other"));
        assertThatThrownBy(() -> files.create(ROOT, other, CreateOptions.DEFAULT))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> files.rename(ROOT, path(1), other))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> files.createDirectory(ROOT, other, CreateOptions.DEFAULT))
                .isInstanceOf(PermissionDenied.class);
        assertThat(list()).containsExactly(id(1).toString());
        assertThat(session.contains(id(1))).isTrue();
    }

    @Test
    void namesThatAreNoIdsAreNotThere() {
        for (String name : List.of("x", "g".repeat(40), "A".repeat(40), "é".repeat(20))) {
            FilePath path = MOUNT.child(Name.of(name));
            assertThat(files.exists(ROOT, path, MetadataLoad.ONCE)).isFalse();
        }
    }
}
