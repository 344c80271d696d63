package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebay.wire.AuditLog;

import org.apache.hadoop.hdfs.protocol.proto.AclProtos.FsPermissionProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.CompleteRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.DeleteRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.DeleteResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetBlockLocationsRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFileInfoRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFileInfoResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetListingRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetListingResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.MkdirsRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.MkdirsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.Rename2RequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RenameRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RenameResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetOwnerRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetOwnerResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetPermissionRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetPermissionResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetTimesRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetTimesResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.DirectoryListingProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ExtendedBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.HdfsFileStatusProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** What the methods of names and attributes answer, where clients depend on the detail. */
class MethodsTest {
    private static final ExtendedBlockProto NO_BLOCK =
            ExtendedBlockProto.newBuilder()
                    .setPoolId("")
                    .setBlockId(0)
                    .setGenerationStamp(0)
                    .build();

    private final RunningGateway running = new RunningGateway();
    private final WireClient client = running.client();

    @AfterEach
    void stop() {
        client.close();
        running.close();
    }

    private void file(String path) {
        HdfsFileStatusProto file = client.create(path);
        assertThat(client.complete(path, file, NO_BLOCK)).isTrue();
    }

    private void directory(String path) {
        MkdirsRequestProto request =
                MkdirsRequestProto.newBuilder()
                        .setSrc(path)
                        .setMasked(FsPermissionProto.newBuilder().setPerm(0755))
                        .setCreateParent(true)
                        .build();
        assertThat(client.call("mkdirs", request, MkdirsResponseProto.parser()).getResult())
                .isTrue();
    }

    /** The Go client sends the bit that it has for directories. */
    @Test
    void ofAModeOnlyPermissionsAreTaken() {
        FsPermissionProto mode =
                FsPermissionProto.newBuilder().setPerm(0x8000_0000 | 07750).build();
        MkdirsRequestProto request =
                MkdirsRequestProto.newBuilder()
                        .setSrc("/d")
                        .setMasked(mode)
                        .setUnmasked(mode)
                        .setCreateParent(false)
                        .build();
        assertThat(client.call("mkdirs", request, MkdirsResponseProto.parser()).getResult())
                .isTrue();
        assertThat(info("/d").getFs().getPermission().getPerm()).isEqualTo(01750);
        client.call(
                "setPermission",
                SetPermissionRequestProto.newBuilder()
                        .setSrc("/d")
                        .setPermission(mode.toBuilder().setPerm(0x8000_0000 | 06711))
                        .build(),
                SetPermissionResponseProto.parser());
        assertThat(info("/d").getFs().getPermission().getPerm()).isEqualTo(0711);
    }

    private GetFileInfoResponseProto info(String path) {
        return client.call(
                "getFileInfo",
                GetFileInfoRequestProto.newBuilder().setSrc(path).build(),
                GetFileInfoResponseProto.parser());
    }

    private boolean rename(String source, String target) {
        RenameRequestProto request =
                RenameRequestProto.newBuilder().setSrc(source).setDst(target).build();
        return client.call("rename", request, RenameResponseProto.parser()).getResult();
    }

    private String replace(String source, String target, boolean overwrite) {
        return client.call(
                        "rename2",
                        Rename2RequestProto.newBuilder()
                                .setSrc(source)
                                .setDst(target)
                                .setOverwriteDest(overwrite)
                                .build())
                .error();
    }

    private boolean delete(String path) {
        DeleteRequestProto request =
                DeleteRequestProto.newBuilder().setSrc(path).setRecursive(true).build();
        return client.call("delete", request, DeleteResponseProto.parser()).getResult();
    }

    @Test
    void theOlderRenameIsFalseWhereItCannotBe() {
        file("/a");
        file("/b");
        directory("/d");
        assertThat(rename("/missing", "/c")).isFalse();
        assertThat(rename("/a", "/b")).isFalse();
        assertThat(rename("/a", "/missing/a")).isFalse();
        assertThat(rename("/a", "/b/a")).isFalse();
        assertThat(rename("/d", "/d/e")).isFalse();
        assertThat(rename("/", "/d")).isFalse();
        assertThat(rename("/a", "/d")).isTrue();
        assertThat(info("/d/a").hasFs()).isTrue();
        assertThat(rename("/d/a", "/a")).isTrue();
        assertThat(rename("/a", "/a")).isTrue();
    }

    /** Asks once, and again over another connection, as a client does that lost the first. */
    @Test
    void aCallThatIsAskedAgainRunsOnce() {
        file("/a");
        RenameRequestProto request =
                RenameRequestProto.newBuilder().setSrc("/a").setDst("/b").build();
        assertThat(retried("ann's client", 0, request)).isTrue();
        assertThat(retried("ann's client", 1, request)).isTrue();
        assertThat(retried("ann's client", 0, request)).isFalse();
        assertThat(retried("bob's client", 1, request)).isFalse();
    }

    private boolean retried(String clientId, int retries, RenameRequestProto request) {
        try (WireClient other = running.client()) {
            other.frame(
                    WireClient.header(7).toBuilder()
                            .setClientId(ByteString.copyFromUtf8(clientId))
                            .setRetryCount(retries)
                            .build(),
                    WireClient.method("rename"),
                    request);
            return other.next().message(RenameResponseProto.parser()).getResult();
        }
    }

    @Test
    void theNewerRenameSaysWhy() {
        file("/a");
        file("/b");
        directory("/d/full");
        directory("/e");
        String io = "java.io.IOException";
        assertThat(replace("/missing", "/c", true)).isEqualTo("java.io.FileNotFoundException");
        assertThat(replace("/a", "/missing/a", true)).isEqualTo("java.io.FileNotFoundException");
        assertThat(replace("/a", "/b/a", true))
                .isEqualTo("org.apache.hadoop.fs.ParentNotDirectoryException");
        assertThat(replace("/a", "/b", false))
                .isEqualTo("org.apache.hadoop.fs.FileAlreadyExistsException");
        assertThat(replace("/a", "/a", true))
                .isEqualTo("org.apache.hadoop.fs.FileAlreadyExistsException");
        assertThat(replace("/a", "/e", true)).isEqualTo(io);
        assertThat(replace("/e", "/a", true)).isEqualTo(io);
        assertThat(replace("/e", "/d", true)).isEqualTo(io);
        assertThat(replace("/d", "/d/full/d", true)).isEqualTo(io);
        assertThat(replace("/", "/e", true)).isEqualTo(io);
        assertThat(replace("/a", "/b", true)).isEmpty();
        assertThat(replace("/d/full", "/e", true)).isEmpty();
    }

    @Test
    void theRootIsEmptiedAndStays() {
        file("/a");
        directory("/d/e");
        assertThat(
                        client.call(
                                        "delete",
                                        DeleteRequestProto.newBuilder()
                                                .setSrc("/")
                                                .setRecursive(false)
                                                .build())
                                .error())
                .isEqualTo("org.apache.hadoop.fs.PathIsNotEmptyDirectoryException");
        assertThat(delete("/")).isTrue();
        assertThat(info("/").getFs().getChildrenNum()).isZero();
        assertThat(delete("/missing")).isFalse();
        directory("/");
    }

    private DirectoryListingProto list(String path, String after) {
        GetListingRequestProto request =
                GetListingRequestProto.newBuilder()
                        .setSrc(path)
                        .setStartAfter(ByteString.copyFromUtf8(after))
                        .setNeedLocation(true)
                        .build();
        return client.call("getListing", request, GetListingResponseProto.parser()).getDirList();
    }

    private static List<String> names(DirectoryListingProto list) {
        return list.getPartialListingList().stream()
                .map(status -> status.getPath().toStringUtf8())
                .toList();
    }

    @Test
    void listingGoesOnBehindANameAndEndsEmpty() {
        directory("/d/a");
        file("/d/b");
        directory("/d/c");
        assertThat(names(list("/d", ""))).containsExactly("a", "b", "c");
        assertThat(names(list("/d", "a"))).containsExactly("b", "c");
        assertThat(names(list("/d", "bb"))).containsExactly("c");
        assertThat(names(list("/d", "c"))).isEmpty();
        assertThat(list("/d", "c").getRemainingEntries()).isZero();
        assertThat(names(list("/d/b", ""))).containsExactly("");
        assertThat(list("/d", "").getPartialListing(1).hasLocations()).isTrue();
        GetListingRequestProto missing =
                GetListingRequestProto.newBuilder()
                        .setSrc("/missing")
                        .setStartAfter(ByteString.EMPTY)
                        .setNeedLocation(false)
                        .build();
        assertThat(
                        client.call("getListing", missing, GetListingResponseProto.parser())
                                .hasDirList())
                .isFalse();
    }

    @Test
    void whatIsEmptyOrMinusOneStays() {
        file("/f");
        client.call(
                "setOwner",
                SetOwnerRequestProto.newBuilder()
                        .setSrc("/f")
                        .setUsername("")
                        .setGroupname("crew")
                        .build(),
                SetOwnerResponseProto.parser());
        client.call(
                "setTimes",
                SetTimesRequestProto.newBuilder().setSrc("/f").setMtime(77).setAtime(-1).build(),
                SetTimesResponseProto.parser());
        HdfsFileStatusProto status = info("/f").getFs();
        assertThat(status.getOwner()).isEqualTo(RunningGateway.SUPERUSER);
        assertThat(status.getGroup()).isEqualTo("crew");
        assertThat(status.getModificationTime()).isEqualTo(77);
        assertThat(status.getAccessTime()).isPositive();
    }

    @Test
    void belowAFileThereIsNothing() {
        file("/f");
        assertThat(info("/f/below").hasFs()).isFalse();
        try (WireClient bob = WireClient.open(running, "bob")) {
            var request = GetFileInfoRequestProto.newBuilder().setSrc("/f/below").build();
            assertThat(bob.call("getFileInfo", request).error())
                    .isEqualTo("org.apache.hadoop.security.AccessControlException");
        }
    }

    @Test
    void creationIsRefusedWithoutSense() {
        String io = "java.io.IOException";
        assertThat(create(0, 512, 1)).isEqualTo(io);
        assertThat(create(40_000, 512, 1)).isEqualTo(io);
        assertThat(create(1, 511, 1)).isEqualTo(io);
        // overwriting without creating asks for a file that is there
        assertThat(create(1, 512, 2)).isEqualTo("java.io.FileNotFoundException");
        assertThat(create(1, 512, 1)).isEmpty();
        assertThat(create(1, 512, 1))
                .isEqualTo("org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException");
        assertThat(create(1, 512, 3)).isEmpty();
    }

    private String create(int replication, long blockSize, int flags) {
        return client.call(
                        "create",
                        WireClient.creation("/new")
                                .setReplication(replication)
                                .setBlockSize(blockSize)
                                .setCreateFlag(flags)
                                .build())
                .error();
    }

    @Test
    void aFileIsFoundByItsNumberWhereverItIs() {
        file("/f");
        long number = info("/f").getFs().getFileId();
        String path = "/.reserved/.inodes/" + number;
        assertThat(rename("/f", "/g")).isTrue();
        file("/f");
        assertThat(info(path).getFs().getFileId()).isEqualTo(number);
        assertThat(info("/f").getFs().getFileId()).isNotEqualTo(number);
        GetBlockLocationsRequestProto locate =
                GetBlockLocationsRequestProto.newBuilder()
                        .setSrc(path)
                        .setOffset(0)
                        .setLength(1)
                        .build();
        assertThat(client.call("getBlockLocations", locate).error()).isEmpty();

        assertThat(delete("/g")).isTrue();
        assertThat(info(path).hasFs()).isFalse();
        assertThat(client.call("getBlockLocations", locate).error())
                .isEqualTo("java.io.FileNotFoundException");
        for (String none : List.of("1", "9223372036854775807", "-1", "x", "1e9")) {
            assertThat(info("/.reserved/.inodes/" + none).hasFs()).as(none).isFalse();
        }
    }

    @Test
    void aFileMayBeNamedByItsPathAlone() {
        client.create("/f");
        CompleteRequestProto request =
                CompleteRequestProto.newBuilder()
                        .setSrc("/f")
                        .setClientName(WireClient.HOLDER)
                        .build();
        assertThat(client.call("complete", request).error()).isEmpty();
        assertThat(client.call("complete", request).error()).isEmpty();
        assertThat(client.call("complete", request.toBuilder().setClientName("x").build()).error())
                .isEqualTo("org.apache.hadoop.hdfs.server.namenode.LeaseExpiredException");
    }

    @Test
    void whatChangesNamesIsAudited() throws InterruptedException {
        file("/a");
        assertThat(rename("/a", "/b")).isTrue();
        assertThat(replace("/missing", "/c", false)).isNotEmpty();
        assertThat(info("/b").hasFs()).isTrue();
        running.awaitRecorded("rename", "rename2", "getFileInfo");
        running.close();
        assertThat(running.audit.stream().map(AuditLog.Entry::operation))
                .extracting(
                        AuditLog.Operation::name,
                        AuditLog.Operation::path,
                        each -> each.target().orElse(""),
                        AuditLog.Operation::outcome)
                .contains(
                        tuple("rename", "/a", "/b", "OK"),
                        tuple("rename2", "/missing", "/c", "FileNotFoundException"))
                .doesNotContain(tuple("getFileInfo", "/b", "", "OK"));
        assertThat(running.audit.getFirst().caller().origin()).isEqualTo("127.0.0.1");
        assertThat(running.outcomes)
                .anySatisfy(outcome -> assertThat(outcome.operation()).isEqualTo("getFileInfo"));
    }
}
