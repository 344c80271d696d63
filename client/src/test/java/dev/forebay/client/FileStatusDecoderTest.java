package dev.forebay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.PersistenceState;
import dev.forebay.base.TtlAction;
import dev.forebay.client.rest.Json;
import dev.forebay.client.rest.JsonInput;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/**
 * The fixtures are answers of an Alluxio 2.9.6 proxy to get-status and list-status; only the host
 * and the folder of the under store were renamed.
 */
class FileStatusDecoderTest {
    static byte[] fixture(String name) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(FileStatusDecoderTest.class.getResourceAsStream(name))) {
            return stream.readAllBytes();
        }
    }

    static Json json(String name) throws IOException {
        return JsonInput.read(new java.io.ByteArrayInputStream(fixture(name)));
    }

    @Test
    void everyFieldOfAFileIsDecoded() throws IOException {
        FileStatus status = FileStatusDecoder.decode(json("file-status.json"));

        assertThat(status.path()).isEqualTo("/rec/f ;+%");
        assertThat(status.name()).isEqualTo("f ;+%");
        assertThat(status.fileId()).isEqualTo(33554431);
        assertThat(status.file()).isTrue();
        assertThat(status.length()).isEqualTo(3000);
        assertThat(status.completed()).isTrue();
        assertThat(status.access()).isEqualTo(new FileStatus.Access("root", "root", Mode.of(0644)));
        assertThat(status.times())
                .isEqualTo(new FileStatus.Times(1795260658897L, 1795260659339L, 1795260659339L));
        assertThat(status.ttl()).isEqualTo(new FileStatus.Ttl(600_000_000, TtlAction.DELETE));
        assertThat(status.storage())
                .isEqualTo(
                        new FileStatus.Storage(
                                "/under/underFSStorage/rec/f ;+%",
                                true, PersistenceState.PERSISTED, false, 1));
        assertThat(status.residence()).isEqualTo(new FileStatus.Residence(true, false, 100, 100));
        assertThat(status.layout().blockIds()).containsExactly(16777216L, 16777217L, 16777218L);
        assertThat(status.layout().blockSize()).isEqualTo(1024);
        assertThat(status.layout().replicationMax()).isEqualTo(-1);
    }

    @Test
    void blocksAndTheirPlacesAreDecoded() throws IOException {
        List<FileBlock> blocks =
                FileStatusDecoder.decode(json("file-status.json")).layout().blocks();

        assertThat(blocks).extracting(FileBlock::offset).containsExactly(0L, 1024L, 2048L);
        assertThat(blocks).extracting(FileBlock::length).containsExactly(1024L, 1024L, 952L);
        BlockLocation location = blocks.getFirst().locations().getFirst();
        assertThat(location.tierAlias()).isEqualTo("MEM");
        assertThat(location.workerId()).isEqualTo(48856118525972259L);
        assertThat(location.workerAddress())
                .isEqualTo(new WorkerNetAddress("worker.example", 37661, 37661, 36163));
    }

    @Test
    void theRootIsADirectoryWithoutName() throws IOException {
        FileStatus root = FileStatusDecoder.decode(json("root-status.json"));

        assertThat(root.path()).isEqualTo("/");
        assertThat(root.name()).isEmpty();
        assertThat(root.directory()).isTrue();
        assertThat(root.storage().mountPoint()).isFalse();
        assertThat(root.ttl()).isEqualTo(FileStatus.Ttl.NONE);
    }

    @Test
    void aListingIsReadMemberByMember() throws IOException {
        try (JsonInput input =
                JsonInput.openArray(new java.io.ByteArrayInputStream(fixture("listing.json")))) {
            List<String> paths = new java.util.ArrayList<>();
            for (var item = input.nextItem(); item.isPresent(); item = input.nextItem()) {
                paths.add(FileStatusDecoder.decode(item.get()).path());
            }
            assertThat(paths).containsExactlyInAnyOrder("/rec/f ;+%", "/rec/sub");
        }
    }

    @Test
    void everyTruncationIsAnIOException() throws IOException {
        byte[] whole = fixture("file-status.json");
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> JsonInput.read(new java.io.ByteArrayInputStream(cut)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsNoStatusIsInternal() throws IOException {
        Json empty = JsonInput.read("{}");
        Json odd = JsonInput.read("{\"path\":\"/a\",\"persistenceState\":\"SHINY\"}");

        assertThatThrownBy(() -> FileStatusDecoder.decode(empty))
                .isInstanceOf(FilesException.Internal.class);
        assertThatThrownBy(() -> FileStatusDecoder.decode(odd))
                .isInstanceOf(FilesException.Internal.class);
    }
}
