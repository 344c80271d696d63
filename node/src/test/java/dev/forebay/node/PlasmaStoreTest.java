package dev.forebay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.ObjectId;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectClient.ObjectContent;
import dev.forebay.client.ObjectHandle;
import dev.forebay.client.ObjectsException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The store in a process of its own. */
class PlasmaStoreTest {
    private static final ObjectId ID = new ObjectId(1, 2, 3);

    @TempDir private Path folder;

    private ChildNode start(String... flags) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("plasma-store"));
        arguments.addAll(List.of(flags));
        return ChildNode.start(folder.resolve("log"), arguments.toArray(String[]::new));
    }

    private ObjectClient connect(ChildNode store, Path socket)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return ObjectClient.connect(socket);
            } catch (ObjectsException.Unavailable e) {
                assertThat(store.alive()).as(store.output()).isTrue();
                Clock.system().sleep(Duration.ofMillis(20));
            }
        }
    }

    @Test
    void servesExactlyWhatItWasGivenAndEndsWithZero() throws IOException, InterruptedException {
        Path socket = folder.resolve("plasma");
        try (ChildNode store = start("-m=123457", "--s", socket.toString(), "-e", "hashtable://t");
                ObjectClient client = connect(store, socket)) {
            assertThat(client.capacity()).isEqualTo(123_457);
            assertThatThrownBy(() -> client.createAndSeal(ObjectContent.of(ID, new byte[123_458])))
                    .isInstanceOf(ObjectsException.StoreFull.class);
            client.createAndSeal(ObjectContent.of(ID, new byte[123_457]));
            assertThat(client.contains(ID)).isTrue();
            assertThat(store.output()).contains("temporary folder").contains("hashtable://t");
            store.terminate();
            assertThat(store.exitCode()).as(store.output()).isZero();
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void evictedObjectsComeBackFromAFolder() throws IOException, InterruptedException {
        Path socket = folder.resolve("plasma");
        String spill = "file://" + folder.resolve("spill");
        try (ChildNode store = start("-m", "1000", "-s", socket.toString(), "-e", spill);
                ObjectClient client = connect(store, socket)) {
            client.createAndSeal(ObjectContent.of(ID, new byte[] {1, 2, 3}));
            client.createAndSeal(ObjectContent.of(new ObjectId(4, 5, 6), new byte[1000]));
            assertThat(folder.resolve("spill")).isNotEmptyDirectory();
            try (ObjectHandle handle = client.find(ID).orElseThrow()) {
                assertThat(handle.data().toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3);
            }
            assertThat(store.output()).doesNotContain("warning");
        }
    }

    @Test
    void takesASocketThatAnotherStoreHas() throws IOException, InterruptedException {
        Path socket = folder.resolve("plasma");
        try (ChildNode first = start("-m", "1000000", "-s", socket.toString());
                ObjectClient old = connect(first, socket)) {
            String shared = folder.toString();
            try (ChildNode second = start("-m", "2000000", "-d", shared, "-s", socket.toString())) {
                ObjectClient client = connect(second, socket);
                while (client.capacity() == 1_000_000) {
                    client.close();
                    client = connect(second, socket);
                }
                assertThat(client.capacity()).isEqualTo(2_000_000);
                assertThat(old.capacity()).isEqualTo(1_000_000);
                first.terminate();
                assertThat(first.exitCode()).isZero();
                assertThat(socket).exists();
                client.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-m 100M -s socket", "-m 0 -s socket", "-s socket", "-m 1000 -s . ", "-h"})
    void wrongFlagsReturnOne(String line) throws IOException, InterruptedException {
        try (ChildNode store = start(line.strip().split(" ", -1))) {
            assertThat(store.exitCode()).isEqualTo(1);
            assertThat(store.output()).contains("forebay plasma-store: ").contains("--help");
        }
    }

    @Test
    void aFileIsNotTakenForASocket() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        try (ChildNode store = start("-m", "1000", "-s", file.toString())) {
            assertThat(store.exitCode()).isEqualTo(1);
        }
        assertThat(file).hasContent("mine");
    }

    @Test
    void helpReturnsZero() throws IOException, InterruptedException {
        try (ChildNode store = start("--help")) {
            assertThat(store.exitCode()).isZero();
            assertThat(store.output()).contains("-m BYTES");
        }
    }
}
