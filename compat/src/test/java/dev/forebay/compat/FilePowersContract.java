package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.TtlAction;
import dev.forebay.base.WriteType;
import dev.forebay.client.ByteRange;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.FileTools;
import dev.forebay.client.FilesException;
import dev.forebay.client.FreeOptions;
import dev.forebay.client.MountOptions;
import dev.forebay.client.MountPoint;
import dev.forebay.client.Mounts;
import dev.forebay.client.Residency;
import dev.forebay.client.Usage;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** What the optional powers and the tools promise, on top of {@link Hdfs3Contract}. */
abstract class FilePowersContract extends Hdfs3Contract {
    /** Whether mounts and usage can be asked for, which the bare Alluxio REST cannot. */
    abstract boolean knowsTheNode();

    private Residency residency() {
        return files().as(Residency.class);
    }

    private Mounts mounts() {
        return files().as(Mounts.class);
    }

    @Test
    void pinsHoldAndLetGo() {
        write(at("file"), "x");
        residency().pin(at(""));
        assertThat(files().stat(at("file")).residence().pinned()).isTrue();
        residency().unpin(at(""));
        assertThat(files().stat(at("file")).residence().pinned()).isFalse();
    }

    @Test
    void memoryIsGivenUpAndFilledAgain() {
        CreateOptions through = CreateOptions.DEFAULT.withWriteType(WriteType.CACHE_THROUGH);
        write(at("file"), "0123456789", through);
        assertThat(residency().residency(at("file"))).isEqualTo(1.0);

        assertThatThrownBy(() -> residency().free(at(""), FreeOptions.DEFAULT))
                .isInstanceOf(FilesException.Unknown.class);
        residency().free(at(""), FreeOptions.DEFAULT.withRecursive(true));
        assertThat(residency().residency(at(""))).isZero();
        residency().load(at(""), true);
        assertThat(residency().residency(at(""))).isEqualTo(1.0);
        residency().pin(at("file"));
        assertThatThrownBy(() -> residency().free(at("file"), FreeOptions.DEFAULT))
                .isInstanceOf(FilesException.Unknown.class);
        residency().free(at("file"), FreeOptions.DEFAULT.withForced(true));
        assertThat(residency().residency(at("file"))).isZero();
    }

    @Test
    void memoryOnlyFilesCannotBeFreed() {
        write(at("file"), "x", CreateOptions.DEFAULT.withWriteType(WriteType.MUST_CACHE));
        assertThatThrownBy(() -> residency().free(at("file"), FreeOptions.DEFAULT))
                .isInstanceOf(FilesException.Unknown.class);
    }

    @Test
    void timesToLiveAreSet() {
        write(at("file"), "x");
        residency().expire(at("file"), 3_600_000, TtlAction.DELETE);
        assertThat(files().stat(at("file")).ttl().action()).isEqualTo(TtlAction.DELETE);
        residency().expire(at("file"), -1, TtlAction.FREE);
        assertThat(files().stat(at("file")).ttl().millis()).isNegative();
    }

    @Test
    void foldersAreMountedAndFollowed() throws IOException {
        Path local = Files.createDirectories(folder.resolve("mounted"));
        Files.writeString(local.resolve("file"), "from below");
        mounts().mount(at("m"), local.toString(), MountOptions.DEFAULT);

        assertThat(read(at("m/file"))).isEqualTo("from below");
        assertThat(files().stat(at("m")).storage().mountPoint()).isTrue();
        Files.writeString(local.resolve("more"), "later");
        mounts().sync(at("m"));
        assertThat(read(at("m/more"))).isEqualTo("later");
        CreateOptions through = CreateOptions.DEFAULT.withWriteType(WriteType.CACHE_THROUGH);
        write(at("m/back"), "written", through);
        assertThat(local.resolve("back")).hasContent("written");
        if (knowsTheNode()) {
            assertThat(mounts().mounts())
                    .contains(new MountPoint(at("m"), local.toString(), false, false));
        } else {
            assertThatThrownBy(() -> mounts().mounts())
                    .isInstanceOf(FilesException.Unimplemented.class);
        }
        assertThatThrownBy(() -> mounts().mount(at("m"), local + "/x", MountOptions.DEFAULT))
                .isInstanceOf(FilesException.AlreadyExists.class);
        assertThatThrownBy(() -> files().delete(at("m")))
                .isInstanceOf(FilesException.PermissionDenied.class);
        mounts().unmount(at("m"));
        assertThat(files().find(at("m"))).isEmpty();
        assertThat(local.resolve("file")).hasContent("from below");
    }

    @Test
    void mountsThatCannotBeAreRefused() throws IOException {
        Path local = Files.createDirectories(folder.resolve("readable"));
        assertThatThrownBy(() -> mounts().mount(at("a"), local + "/none", MountOptions.DEFAULT))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> mounts().mount(at("a"), "gopher://x/", MountOptions.DEFAULT))
                .isInstanceOf(FilesException.Unimplemented.class);
        assertThatThrownBy(() -> mounts().unmount(at("")))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> mounts().sync(at("none")))
                .isInstanceOf(FilesException.NotFound.class);
        mounts().mount(at("r"), local.toString(), MountOptions.DEFAULT.withReadOnly(true));
        assertThatThrownBy(() -> write(at("r/file"), "x"))
                .isInstanceOf(FilesException.PermissionDenied.class);
        mounts().unmount(at("r"));
    }

    @Test
    void usageIsKnown() {
        if (!knowsTheNode()) {
            assertThatThrownBy(() -> files().usage())
                    .isInstanceOf(FilesException.Unimplemented.class);
            return;
        }
        Usage usage = files().usage();
        assertThat(usage.memoryCapacity()).isPositive();
        assertThat(usage.memoryUsed()).isBetween(0L, usage.memoryCapacity());
        assertThat(usage.diskFree()).isPositive();
    }

    @Test
    void toolsReadFiles() throws IOException {
        FileTools tools = new FileTools(files());
        write(at("b"), "one\ntwo\nthree\n");
        write(at("a"), "zero\n");
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        assertThat(tools.cat(at("b"), target)).isEqualTo(14);
        assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\nthree\n");
        assertThat(tools.cat(at("a"))).asString().isEqualTo("zero\n");
        assertThat(tools.head(at("b"), 3)).asString().isEqualTo("one");
        assertThat(tools.tail(at("b"), 6)).asString().isEqualTo("three\n");
        assertThat(tools.readBlock(at("b"), new ByteRange(4, 3))).asString().isEqualTo("two");
        byte[] line = {'\n'};
        assertThat(tools.readBlock(at("b"), new ByteRange(0, 5), line)).asString().contains("two");
        try (Stream<String> lines = tools.lines(at("b"))) {
            assertThat(lines).containsExactly("one", "two", "three");
        }
        assertThat(tools.glob(at("[ab]"))).containsExactly(at("a"), at("b"));
        assertThat(tools.diskUsage(at(""), true)).containsEntry(at("a"), 5L).hasSize(2);
        assertThat(tools.walk(at("")).findFirst().orElseThrow().files()).hasSize(2);
        Path local = folder.resolve("merged");
        assertThat(tools.merge(at(""), local)).isEqualTo(19);
        assertThat(local).hasContent("zero\none\ntwo\nthree\n");
    }

    @Test
    void toolsCopyFiles() throws IOException {
        FileTools tools = new FileTools(files());
        Path local = Files.writeString(folder.resolve("local"), "text");

        tools.put(local, at("put"));
        tools.copy(at("put"), at("copied"));
        tools.get(at("copied"), folder.resolve("back"));
        tools.touch(at("touched"));
        tools.touch(at("put"));
        Map<String, byte[]> map = tools.asMap(at("map"));
        map.put("k", new byte[] {1, 2});

        assertThat(folder.resolve("back")).hasContent("text");
        assertThat(files().stat(at("touched")).length()).isZero();
        assertThat(read(at("put"))).isEqualTo("text");
        assertThat(map.get("k")).containsExactly(1, 2);
        assertThat(files().stat(at("map/k")).length()).isEqualTo(2);
        assertThatThrownBy(() -> tools.put(folder.resolve("none"), at("x")))
                .isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> tools.put(local, at("put")))
                .isInstanceOf(FilesException.AlreadyExists.class);
    }
}
