package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.client.AccessList;
import dev.forebay.client.AppendOptions;
import dev.forebay.client.AttributeChange;
import dev.forebay.client.Bits;
import dev.forebay.client.BlockFiles;
import dev.forebay.client.BlockPlace;
import dev.forebay.client.ByteRange;
import dev.forebay.client.CreateDirectoryOptions;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.DelegationToken;
import dev.forebay.client.DeleteOptions;
import dev.forebay.client.FileRange;
import dev.forebay.client.FileReader;
import dev.forebay.client.FileStatus;
import dev.forebay.client.FileTools;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;
import dev.forebay.client.ListOptions;
import dev.forebay.client.Mode;
import dev.forebay.client.OpenOptions;
import dev.forebay.client.RenameOptions;
import dev.forebay.client.Security;
import dev.forebay.client.SeekOrigin;
import dev.forebay.client.ServerDefaults;
import dev.forebay.client.Usage;
import dev.forebay.client.WalkStep;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every method of the hdfs3 reference in its Java form, with success and error, the same over every
 * wire that has it. The tests are named after the methods of hdfs3.
 */
abstract class Hdfs3Contract extends SnapshotPowerContract {
    private static final Clock CLOCK = Clock.system();

    private FileTools tools() {
        return new FileTools(files());
    }

    private BlockFiles blocks() {
        return files().as(BlockFiles.class);
    }

    private Security security() {
        return files().as(Security.class);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void cat() {
        write(at("f"), "contents");

        assertThat(tools().cat(at("f"))).asString().isEqualTo("contents");
        assertThatThrownBy(() -> tools().cat(at("none")))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void chmod() {
        write(at("f"), "x");
        files().setAttributes(at("f"), AttributeChange.NONE.withMode(Mode.of(0100)));

        assertThat(files().stat(at("f")).access().mode()).isEqualTo(Mode.of(0100));
        AttributeChange change = AttributeChange.NONE.withMode(Mode.of(0100));
        assertThatThrownBy(() -> files().setAttributes(at("none"), change))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void chown() {
        write(at("f"), "x");
        files().setAttributes(at("f"), AttributeChange.NONE.withOwner("ann").withGroup("crew"));

        FileStatus.Access access = files().stat(at("f")).access();
        assertThat(access.owner() + ":" + access.group()).isEqualTo("ann:crew");
        AttributeChange change = AttributeChange.NONE.withOwner("ann");
        assertThatThrownBy(() -> files().setAttributes(at("none"), change))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    @Needs(Ability.BLOCK_FILES)
    void concat() {
        write(at("a"), "one ");
        write(at("b"), "two ");
        write(at("c"), "three");

        blocks().concat(at("a"), List.of(at("b"), at("c")));

        assertThat(read(at("a"))).isEqualTo("one two three");
        assertThat(listed(at(""), ListOptions.DEFAULT)).containsExactly(at("a"));
        assertThatThrownBy(() -> blocks().concat(at("a"), List.of(at("a"))))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> blocks().concat(at("a"), List.of()))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> blocks().concat(at("a"), List.of(at("none"))))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    @Needs(Ability.TOKENS)
    void delegateRenewAndCancelToken() {
        DelegationToken token = security().delegationToken(NodeProcess.USER);

        assertThat(security().renewToken(token)).isPositive();
        assertThat(token.toString()).doesNotContain(token.text());
        security().cancelToken(token);
        assertThatThrownBy(() -> security().renewToken(token))
                .isInstanceOf(FilesException.Unauthenticated.class);
        assertThatThrownBy(() -> security().cancelToken(token))
                .isInstanceOf(FilesException.Unauthenticated.class);
        assertThatThrownBy(() -> security().renewToken(new DelegationToken("no token")))
                .isInstanceOf(FilesException.InvalidArgument.class);
    }

    @Test
    void tokensOfTheConnectionAreAskedForOnlyWhenThereIsOne() {
        if (!can(Ability.TOKENS)) {
            assertThatThrownBy(() -> security().renewToken())
                    .isInstanceOf(FilesException.Unimplemented.class);
            return;
        }
        assertThatThrownBy(() -> security().renewToken())
                .isInstanceOf(FilesException.FailedPrecondition.class);
        assertThatThrownBy(() -> security().cancelToken())
                .isInstanceOf(FilesException.FailedPrecondition.class);
    }

    @Test
    void df() {
        if (!can(Ability.DISK_CAPACITY)) {
            try {
                assertThat(files().usage().diskCapacity()).isEmpty();
            } catch (FilesException.Unimplemented e) {
                assertThat(e).hasMessageContaining("usage");
            }
            return;
        }
        Usage usage = files().usage();

        assertThat(usage.diskFree()).isPositive();
        assertThat(usage.diskCapacity().orElseThrow()).isGreaterThanOrEqualTo(usage.diskFree());
        assertThat(usage.diskUsed().orElseThrow()).isNotNegative();
    }

    @Test
    void du() {
        write(at("a"), "123");
        files().createDirectory(at("d"));
        write(at("d/b"), "12345");

        assertThat(tools().diskUsage(at(""))).isEqualTo(Map.of(at("a"), 3L));
        assertThat(tools().diskUsage(at(""), true)).isEqualTo(Map.of(at("a"), 3L, at("d/b"), 5L));
        assertThat(tools().diskUsageTotal(at(""), false)).isEqualTo(3);
        assertThat(tools().diskUsageTotal(at(""), true)).isEqualTo(8);
        assertThat(tools().diskUsage(at("a"))).isEqualTo(Map.of(at("a"), 3L));
        assertThatThrownBy(() -> tools().diskUsage(at("none")))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void existsIsdirIsfileInfo() {
        write(at("f"), "x");

        assertThat(files().find(at("f")).filter(FileStatus::file)).isPresent();
        assertThat(files().find(at("")).filter(FileStatus::directory)).isPresent();
        assertThat(files().find(at("none"))).isEmpty();
        FileStatus status = files().stat(at("f"));
        assertThat(status.path()).isEqualTo(at("f"));
        assertThat(status.length()).isEqualTo(1);
        assertThat(status.times().modified()).isPositive();
        assertThat(files().stat(at("")).length()).isEqualTo(1);
        assertThatThrownBy(() -> files().stat(at("none")))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void getAndPut() throws IOException {
        Path local = folder.resolve("source.txt");
        Files.writeString(local, "local text");
        Path back = folder.resolve("back.txt");

        assertThat(tools().put(local, at("f"))).isEqualTo(10);
        assertThat(tools().get(at("f"), back)).isEqualTo(10);
        assertThat(back).hasContent("local text");
        assertThatThrownBy(() -> tools().get(at("none"), folder.resolve("none.txt")))
                .isInstanceOf(FilesException.NotFound.class);
        assertThat(folder.resolve("none.txt")).doesNotExist();
        assertThatThrownBy(() -> tools().put(folder.resolve("missing"), at("g")))
                .isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> tools().put(local, at("f")))
                .isInstanceOf(FilesException.AlreadyExists.class);
    }

    @Test
    void getmerge() {
        write(at("2"), "two");
        write(at("1"), "one");
        Path local = folder.resolve("getmerge.txt");

        assertThat(tools().merge(at(""), local)).isEqualTo(6);
        assertThat(local).hasContent("onetwo");
        assertThatThrownBy(() -> tools().merge(at("none"), local))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    @Needs(Ability.BLOCK_FILES)
    void getBlockLocations() {
        CreateOptions options = CreateOptions.DEFAULT.withBlockSize(1 << 20);
        write(at("f"), "x".repeat(2_500_000), options);

        List<BlockPlace> all = blocks().blockLocations(at("f"));
        assertThat(all).extracting(BlockPlace::offset).containsExactly(0L, 1L << 20, 2L << 20);
        assertThat(all.getLast().length()).isEqualTo(2_500_000 - (2 << 20));
        assertThat(all).allSatisfy(block -> assertThat(block.hosts()).isNotEmpty());
        assertThat(blocks().blockLocations(at("f"), new FileRange(1 << 20, 1)))
                .extracting(BlockPlace::offset)
                .containsExactly(1L << 20);
        assertThat(blocks().blockLocations(at("f"), new FileRange(2_500_000, 1))).isEmpty();
        assertThatThrownBy(() -> blocks().blockLocations(at("none")))
                .isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> new FileRange(-1, 1))
                .isInstanceOf(FilesException.InvalidArgument.class);
    }

    @Test
    void glob() {
        write(at("a.csv"), "x");
        write(at("b.csv"), "x");
        write(at("c.txt"), "x");

        assertThat(tools().glob(at("*.csv"))).containsExactly(at("a.csv"), at("b.csv"));
        assertThat(tools().glob(at(""))).hasSize(3);
        assertThat(tools().glob(at("a.csv"))).containsExactly(at("a.csv"));
        assertThat(tools().glob(at("*.none"))).isEmpty();
        assertThatThrownBy(() -> tools().glob(at("[")))
                .isInstanceOf(FilesException.InvalidArgument.class);
    }

    @Test
    void headAndTail() {
        write(at("f"), "0123456789".repeat(200));

        assertThat(tools().head(at("f"))).hasSize(1024).startsWith('0', '1', '2');
        assertThat(tools().tail(at("f"))).hasSize(1024).endsWith('7', '8', '9');
        assertThat(text(tools().head(at("f"), 3))).isEqualTo("012");
        assertThat(text(tools().tail(at("f"), 3))).isEqualTo("789");
        assertThatThrownBy(() -> tools().head(at("none")))
                .isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> tools().tail(at("none")))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void listEncryptionZones() {
        if (can(Ability.ENCRYPTION_ZONES)) {
            assertThat(security().encryptionZones()).isEmpty();
        } else {
            assertThatThrownBy(() -> security().encryptionZones())
                    .isInstanceOf(FilesException.class);
        }
    }

    @Test
    void ls() {
        write(at("f"), "x");
        files().createDirectory(at("d"));

        assertThat(listed(at(""), ListOptions.DEFAULT)).containsExactly(at("d"), at("f"));
        try (Stream<FileStatus> detailed = files().list(at(""))) {
            assertThat(detailed.map(FileStatus::length)).containsExactly(0L, 1L);
        }
        assertThatThrownBy(() -> listed(at("none"), ListOptions.DEFAULT))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void makedirsAndMkdir() {
        CreateDirectoryOptions mode = CreateDirectoryOptions.RECURSIVE.withMode(Mode.of(0711));
        files().createDirectory(at("a/b/c"), mode);
        files().createDirectory(at("d"));

        assertThat(files().stat(at("a/b/c")).access().mode()).isEqualTo(Mode.of(0711));
        assertThat(files().stat(at("d")).directory()).isTrue();
        write(at("f"), "x");
        assertThatThrownBy(() -> files().createDirectory(at("f/below"), mode))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> files().createDirectory(at("f"), mode))
                .isInstanceOf(FilesException.AlreadyExists.class);
        assertThatThrownBy(() -> files().createDirectory(at("x/y")))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void mv() {
        write(at("a"), "new");
        write(at("b"), "old");
        files().rename(at("a"), at("a"));
        if (can(Ability.REPLACE)) {
            files().rename(at("a"), at("b"), RenameOptions.OVERWRITE);
            assertThat(read(at("b"))).isEqualTo("new");
            assertThat(files().find(at("a"))).isEmpty();
            files().createDirectory(at("d"));
            assertThatThrownBy(() -> files().rename(at("b"), at("d"), RenameOptions.OVERWRITE))
                    .isInstanceOf(FilesException.class);
            files().rename(at("b"), at("d/b"), RenameOptions.OVERWRITE);
            assertThat(read(at("d/b"))).isEqualTo("new");
        } else {
            files().rename(at("a"), at("c"));
            assertThat(read(at("c"))).isEqualTo("new");
        }
        assertThatThrownBy(() -> files().rename(at("none"), at("x")))
                .isInstanceOf(FilesException.NotFound.class);
        write(at("y"), "y");
        assertThatThrownBy(() -> files().rename(at("y"), at("no/y")))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void openInThreeModes() {
        CreateOptions wb =
                CreateOptions.DEFAULT
                        .withOverwrite(true)
                        .withReplication(CreateOptions.Replication.of(2))
                        .withBufferSize(8192)
                        .withBlockSize(1 << 20);
        write(at("f"), "first", wb);
        write(at("f"), "second", wb);
        assertThat(read(at("f"))).isEqualTo("second");
        FileStatus.Layout layout = files().stat(at("f")).layout();
        assertThat(layout.blockSize()).isEqualTo(1 << 20);
        try (FileReader rb = files().open(at("f"), OpenOptions.DEFAULT.withBufferSize(8192))) {
            assertThat(rb.length()).isEqualTo(6);
        }
        if (can(Ability.APPEND)) {
            assertThat(layout.replication()).isEqualTo(2);
            try (FileWriter ab =
                    files().append(at("f"), AppendOptions.DEFAULT.withBufferSize(8192))) {
                assertThat(ab.position()).isEqualTo(6);
                ab.write(bytes(" more"));
                assertThat(ab.position()).isEqualTo(11);
            }
            assertThat(read(at("f"))).isEqualTo("second more");
            assertThatThrownBy(() -> files().append(at("none")))
                    .isInstanceOf(FilesException.NotFound.class);
            assertThatThrownBy(() -> files().append(at("")))
                    .isInstanceOf(FilesException.Unknown.class);
        }
        assertThatThrownBy(() -> files().open(at("none")))
                .isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> files().create(at(""), wb)).isInstanceOf(FilesException.class);
    }

    @Test
    @Needs(Ability.APPEND)
    void abortedAppendsLeaveWhatWasThere() throws InterruptedException {
        write(at("f"), "before");
        FileWriter writer = files().append(at("f"));
        writer.write(bytes(" and after"));
        writer.abort();
        writer.close();

        // a real cluster cuts later, and over WebHDFS does not say when
        for (int i = 0; i < 600 && !read(at("f")).equals("before"); i++) {
            CLOCK.sleep(Duration.ofMillis(100));
        }
        assertThat(read(at("f"))).isEqualTo("before");
        try (FileWriter again = files().append(at("f"))) {
            again.write(bytes("!"));
        }
        assertThat(read(at("f"))).isEqualTo("before!");
    }

    @Test
    void readBlock() {
        write(at("f"), "Alice, 100\nBob, 200\nCharlie, 300");
        byte[] newline = {'\n'};

        assertThat(text(tools().readBlock(at("f"), new ByteRange(0, 13))))
                .isEqualTo("Alice, 100\nBo");
        assertThat(text(tools().readBlock(at("f"), new ByteRange(0, 13), newline)))
                .isEqualTo("Alice, 100\nBob, 200");
        assertThat(text(tools().readBlock(at("f"), new ByteRange(20, 1000), newline))).isEmpty();
        assertThat(text(tools().readBlock(at("f"), new ByteRange(20, 1000))))
                .isEqualTo("Charlie, 300");
        assertThatThrownBy(() -> tools().readBlock(at("f"), new ByteRange(0, 1), new byte[0]))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> tools().readBlock(at("none"), new ByteRange(0, 1)))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void rm() {
        files().createDirectory(at("d"));
        write(at("d/f"), "x");

        assertThatThrownBy(() -> files().delete(at("d")))
                .isInstanceOf(FilesException.FailedPrecondition.class);
        files().delete(at("d"), DeleteOptions.RECURSIVE);
        assertThat(files().find(at("d"))).isEmpty();
        assertThatThrownBy(() -> files().delete(at("d")))
                .isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> files().delete("/", DeleteOptions.RECURSIVE))
                .isInstanceOf(FilesException.PermissionDenied.class);
    }

    @Test
    @Needs(Ability.BLOCK_FILES)
    void setReplication() {
        write(at("f"), "x");
        blocks().setReplication(at("f"), 5);

        assertThat(files().stat(at("f")).layout().replication()).isEqualTo(5);
        assertThatThrownBy(() -> blocks().setReplication(at("f"), 0))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> blocks().setReplication(at(""), 2))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> blocks().setReplication(at("none"), 2))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void touch() {
        tools().touch(at("f"));

        assertThat(files().stat(at("f")).length()).isZero();
        assertThat(files().stat(at("f")).completed()).isTrue();
        assertThatThrownBy(() -> tools().touch(at("no/f")))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void walk() {
        files().createDirectory(at("a/b"), CreateDirectoryOptions.RECURSIVE);
        write(at("a/1"), "x");
        write(at("a/b/2"), "x");

        List<WalkStep> steps = tools().walk(at("a")).toList();
        assertThat(steps).extracting(WalkStep::path).containsExactly(at("a"), at("a/b"));
        assertThat(steps.getFirst().files()).extracting(FileStatus::name).containsExactly("1");
        assertThatThrownBy(() -> tools().walk(at("none")).toList())
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void fileReadReadlineReadlinesSeekTell() {
        write(at("f"), "one\ntwo\n\nthree");
        try (FileReader file = files().open(at("f"))) {
            assertThat(text(file.readLine().orElseThrow())).isEqualTo("one\n");
            assertThat(file.position()).isEqualTo(4);
            assertThat(file.readLines().stream().map(Hdfs3Contract::text))
                    .containsExactly("two\n", "\n", "three");
            assertThat(file.readLine()).isEmpty();
            assertThat(file.seek(-5, SeekOrigin.END)).isEqualTo(9);
            assertThat(text(file.readLine().orElseThrow())).isEqualTo("three");
            assertThat(file.seek(4, SeekOrigin.START)).isEqualTo(4);
            assertThat(file.seek(1, SeekOrigin.CURRENT)).isEqualTo(5);
            assertThat(text(file.readLine(new byte[] {'\n', '\n'}).orElseThrow()))
                    .isEqualTo("wo\n\n");
            assertThat(file.status().length()).isEqualTo(14);
            assertThatThrownBy(() -> file.seek(-15, SeekOrigin.END))
                    .isInstanceOf(FilesException.InvalidArgument.class);
            assertThatThrownBy(() -> file.readLine(new byte[0]))
                    .isInstanceOf(FilesException.InvalidArgument.class);
        }
    }

    @Test
    @Needs(Ability.FLUSH)
    void fileWriteFlushInfo() {
        try (FileWriter file = files().create(at("f"))) {
            file.write(bytes("seen "));
            file.hflush();
            assertThat(read(at("f"))).isEqualTo("seen ");
            file.write(bytes("synced"));
            file.hsync();
            assertThat(read(at("f"))).isEqualTo("seen synced");
            assertThat(file.status().completed()).isFalse();
            assertThat(file.position()).isEqualTo(11);
        }
        assertThat(files().stat(at("f")).completed()).isTrue();
    }

    @Test
    void closedWritersTakeNothing() {
        FileWriter writer = files().create(at("f"));
        writer.write(bytes("x"));
        writer.close();
        writer.close();

        assertThatThrownBy(() -> writer.write(bytes("y"))).isInstanceOf(FilesException.class);
        assertThat(read(at("f"))).isEqualTo("x");
    }

    @Test
    void mapping() {
        Map<String, byte[]> map = tools().asMap(at("map"), true);
        map.put("loc1", bytes("Hello World").array());
        map.put("deep/loc2", bytes("2").array());

        assertThat(map.keySet()).containsExactlyInAnyOrder("loc1", "deep/loc2");
        assertThat(text(map.get("loc1"))).isEqualTo("Hello World");
        assertThat(map.get("none")).isNull();
        assertThat(read(at("map/deep/loc2"))).isEqualTo("2");
        map.put("loc1", bytes("other").array());
        assertThat(text(map.remove("loc1"))).isEqualTo("other");
        assertThat(files().find(at("map/loc1"))).isEmpty();
        write(at("file"), "x");
        assertThatThrownBy(() -> tools().asMap(at("file")))
                .isInstanceOf(FilesException.AlreadyExists.class);
    }

    @Test
    @Needs(Ability.BLOCK_FILES)
    void truncate() {
        write(at("f"), "x".repeat(2_000_000), CreateOptions.DEFAULT.withBlockSize(1 << 20));

        assertThat(blocks().truncate(at("f"), 1 << 20)).isTrue();
        assertThat(files().stat(at("f")).length()).isEqualTo(1 << 20);
        assertThatThrownBy(() -> blocks().truncate(at("f"), 2 << 20))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> blocks().truncate(at("none"), 0))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    @Needs(Ability.BLOCK_FILES)
    void checksum() {
        write(at("a"), "same bytes");
        write(at("b"), "same bytes");
        write(at("c"), "other bytes");

        assertThat(blocks().checksum(at("a"))).isEqualTo(blocks().checksum(at("b")));
        assertThat(blocks().checksum(at("a"))).isNotEqualTo(blocks().checksum(at("c")));
        assertThat(blocks().checksum(at("a")).algorithm()).isEqualTo("MD5-of-0MD5-of-512CRC32C");
        assertThatThrownBy(() -> blocks().checksum(at("none")))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void recoverLease() {
        write(at("f"), "x");
        if (!can(Ability.LEASES)) {
            assertThatThrownBy(() -> blocks().recoverLease(at("f")))
                    .isInstanceOf(FilesException.Unimplemented.class);
            return;
        }
        assertThat(blocks().recoverLease(at("f"))).isTrue();
        assertThatThrownBy(() -> blocks().recoverLease(at("none")))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    @Needs(Ability.BLOCK_FILES)
    void serverDefaults() {
        ServerDefaults defaults = blocks().serverDefaults();

        assertThat(defaults.blockSize()).isPositive();
        assertThat(defaults.replication()).isPositive();
        assertThat(defaults.wire().checksumType()).isEqualTo("CRC32C");
        assertThat(defaults.wire().bytesPerChecksum()).isEqualTo(512);
    }

    @Test
    @Needs(Ability.ACCESS_LISTS)
    void accessLists() {
        write(at("f"), "x", CreateOptions.DEFAULT.withMode(Mode.of(0640)));
        assertThat(security().acl(at("f")).entries()).isEmpty();

        AccessList.Entry ann =
                new AccessList.Entry(false, AccessList.Kind.USER, "ann", Bits.READ_WRITE);
        security().setAcl(at("f"), List.of(ann));

        assertThat(security().acl(at("f")).entries()).contains(ann);
        assertThat(security().acl(at("f")).owner()).isNotEmpty();
        AccessList.Entry bob = AccessList.Entry.parse("user:bob:r-x");
        security().setAcl(at("f"), List.of(bob));
        // what is the mask in the mode stays what the group has
        assertThat(security().acl(at("f")).entries())
                .containsExactlyInAnyOrder(bob, AccessList.Entry.parse("group::r--"));
        assertThat(security().acl(at("f")).mode()).isEqualTo(Mode.of(0650));
        security().setAcl(at("f"), List.of());
        assertThat(security().acl(at("f")).entries()).isEmpty();
        AccessList.Entry inherited = AccessList.Entry.parse("default:user:ann:r--");
        assertThatThrownBy(() -> security().setAcl(at("f"), List.of(inherited)))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> security().acl(at("none")))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    @Needs(Ability.ACCESS_LISTS)
    void extendedAttributes() {
        write(at("f"), "x");
        security().setExtendedAttribute(at("f"), "user.origin", new byte[] {1, 2});
        security().setExtendedAttribute(at("f"), "user.origin", new byte[] {3});

        assertThat(security().extendedAttributes(at("f"))).containsOnlyKeys("user.origin");
        assertThat(security().extendedAttributes(at("f")).get("user.origin")).containsExactly(3);
        security().removeExtendedAttribute(at("f"), "user.origin");
        assertThat(security().extendedAttributes(at("f"))).isEmpty();
        assertThatThrownBy(() -> security().setExtendedAttribute(at("f"), "bare", new byte[] {1}))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> security().extendedAttributes(at("none")))
                .isInstanceOf(FilesException.NotFound.class);
    }
}
