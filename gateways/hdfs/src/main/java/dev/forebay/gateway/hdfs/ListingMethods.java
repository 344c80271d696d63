package dev.forebay.gateway.hdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Name;
import dev.forebay.base.ReadType;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotFound;
import dev.forebay.files.FileReader;
import dev.forebay.files.FileReader.ByteRange;
import dev.forebay.files.FileStatus;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.files.LeasedFileEngine.Page;
import dev.forebay.files.StorageType;

import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetBatchedListingRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetBatchedListingResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetBlockLocationsRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetBlockLocationsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetContentSummaryRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetContentSummaryResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFileInfoRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFileInfoResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFileLinkInfoRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetFileLinkInfoResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetListingRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetListingResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetLocatedFileInfoRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetLocatedFileInfoResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetPreferredBlockSizeRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetPreferredBlockSizeResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetQuotaUsageRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.GetQuotaUsageResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.IsFileClosedRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.IsFileClosedResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.BatchedDirectoryListingProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ContentSummaryProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.DirectoryListingProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.HdfsFileStatusProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.LocatedBlocksProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.QuotaUsageProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.RemoteExceptionProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.StorageTypeQuotaInfoProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.StorageTypeQuotaInfosProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

import java.util.Optional;

/** Methods that look at names and at where the blocks of files are. */
final class ListingMethods {
    /** Children in one answer, as a real NameNode has it. */
    static final int PAGE_LENGTH = 1_000;

    /** Directories in one call, as a real NameNode has it. */
    private static final int BATCHED_PATHS_MAX = 1_000;

    private static final int READ = 4;
    private static final FilePath INODES = FilePath.parse("/.reserved/.inodes");
    private static final ByteRange WHOLE = new ByteRange(0, Long.MAX_VALUE);

    private final LeasedFileEngine engine;
    private final LocationEncoder locations;

    private ListingMethods(LeasedFileEngine engine, LocationEncoder locations) {
        this.engine = engine;
        this.locations = locations;
    }

    static void addTo(MethodTable table, LeasedFileEngine engine, LocationEncoder locations) {
        ListingMethods methods = new ListingMethods(engine, locations);
        table.reading("getFileInfo", methods::fileInfo)
                .reading("getFileLinkInfo", methods::fileLinkInfo)
                .reading("getLocatedFileInfo", methods::locatedFileInfo)
                .reading("getListing", methods::listing)
                .reading("getBatchedListing", methods::batchedListing)
                .audited("getBlockLocations", methods::blockLocations)
                .reading("getContentSummary", methods::contentSummary)
                .reading("getQuotaUsage", methods::quotaUsage)
                .reading("getPreferredBlockSize", methods::preferredBlockSize)
                .reading("isFileClosed", methods::isFileClosed);
    }

    private FileStatus stat(RpcCall call, String path) {
        FilePath asked = call.path(path);
        return inode(asked)
                .map(inode -> numbered(call, asked, inode))
                .orElseGet(() -> engine.stat(call.caller(), asked, MetadataLoad.ONCE));
    }

    /**
     * The number in {@code /.reserved/.inodes/NUMBER}, by which clients find a file wherever it was
     * renamed to.
     */
    private static Optional<InodeId> inode(FilePath path) {
        if (path.depth() != INODES.depth() + 1 || !INODES.contains(path)) {
            return Optional.empty();
        }
        String number = path.name().toString();
        if (!number.matches("[0-9]{1,18}")) {
            throw new NotFound("not the number of a file", path);
        }
        return Optional.of(new InodeId(Long.parseLong(number)));
    }

    private FileStatus numbered(RpcCall call, FilePath asked, InodeId inode) {
        FilePath path =
                engine.findPath(inode)
                        .orElseThrow(() -> new NotFound("no file has this number", asked));
        FileStatus status = engine.stat(call.caller(), path, MetadataLoad.ONCE);
        if (!status.id().equals(inode)) {
            throw new NotFound("file was renamed meanwhile", asked);
        }
        return status;
    }

    private Optional<FileStatus> find(RpcCall call, String path) {
        try {
            return Optional.of(stat(call, path));
        } catch (NotFound _) {
            return Optional.empty();
        } catch (NotADirectory e) {
            // a real NameNode tells only its superuser so
            if (call.caller().superuser()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private MessageLite fileInfo(RpcCall call) throws InvalidProtocolBufferException {
        GetFileInfoRequestProto request = call.request(GetFileInfoRequestProto.parser());
        GetFileInfoResponseProto.Builder answer = GetFileInfoResponseProto.newBuilder();
        find(call, request.getSrc()).map(StatusEncoder::encode).ifPresent(answer::setFs);
        return answer.build();
    }

    private MessageLite fileLinkInfo(RpcCall call) throws InvalidProtocolBufferException {
        GetFileLinkInfoRequestProto request = call.request(GetFileLinkInfoRequestProto.parser());
        GetFileLinkInfoResponseProto.Builder answer = GetFileLinkInfoResponseProto.newBuilder();
        find(call, request.getSrc()).map(StatusEncoder::encode).ifPresent(answer::setFs);
        return answer.build();
    }

    private MessageLite locatedFileInfo(RpcCall call) throws InvalidProtocolBufferException {
        GetLocatedFileInfoRequestProto request =
                call.request(GetLocatedFileInfoRequestProto.parser());
        GetLocatedFileInfoResponseProto.Builder answer =
                GetLocatedFileInfoResponseProto.newBuilder();
        find(call, request.getSrc())
                .map(
                        status ->
                                located(
                                        call,
                                        status,
                                        StatusEncoder.builder(status, ByteString.EMPTY)))
                .ifPresent(answer::setFs);
        return answer.build();
    }

    private HdfsFileStatusProto located(
            RpcCall call, FileStatus status, HdfsFileStatusProto.Builder encoded) {
        return status.directory()
                ? encoded.build()
                : encoded.setLocations(locations.locate(status, WHOLE, call.local())).build();
    }

    private MessageLite listing(RpcCall call) throws InvalidProtocolBufferException {
        GetListingRequestProto request = call.request(GetListingRequestProto.parser());
        FilePath path = call.path(request.getSrc());
        byte[] last = request.getStartAfter().toByteArray();
        Optional<Name> after = last.length == 0 ? Optional.empty() : Optional.of(Name.of(last));
        Page page;
        try {
            page = engine.page(call.caller(), path, MetadataLoad.ONCE, after, PAGE_LENGTH);
        } catch (NotFound _) {
            return GetListingResponseProto.getDefaultInstance();
        }
        DirectoryListingProto.Builder list =
                DirectoryListingProto.newBuilder()
                        .setRemainingEntries((int) Math.min(page.remaining(), Integer.MAX_VALUE));
        for (FileStatus status : page.children()) {
            list.addPartialListing(listed(call, path, status, request.getNeedLocation()));
        }
        return GetListingResponseProto.newBuilder().setDirList(list).build();
    }

    private HdfsFileStatusProto listed(
            RpcCall call, FilePath path, FileStatus status, boolean places) {
        // a file that is listed has no name below itself
        HdfsFileStatusProto.Builder encoded =
                status.path().equals(path)
                        ? StatusEncoder.builder(status, ByteString.EMPTY)
                        : StatusEncoder.child(status);
        return places ? located(call, status, encoded) : encoded.build();
    }

    /** Children of several directories; where one ends and the next begins is in the cursor. */
    private MessageLite batchedListing(RpcCall call) throws InvalidProtocolBufferException {
        GetBatchedListingRequestProto request =
                call.request(GetBatchedListingRequestProto.parser());
        if (request.getPathsCount() > BATCHED_PATHS_MAX) {
            String why = "Too many source paths (" + request.getPathsCount() + ")";
            throw RpcError.of(RpcError.ILLEGAL_ARGUMENT, why).refused();
        }
        ListingCursor at = ListingCursor.decode(request.getStartAfter());
        GetBatchedListingResponseProto.Builder answer = GetBatchedListingResponseProto.newBuilder();
        int room = PAGE_LENGTH;
        while (at.index() < request.getPathsCount() && room > 0) {
            BatchedDirectoryListingProto.Builder list =
                    BatchedDirectoryListingProto.newBuilder().setParentIdx(at.index());
            at = list(call, request, new Wanted(at, room), list);
            room -= Math.max(1, list.getPartialListingCount());
            answer.addListings(list);
        }
        return answer.setHasMore(at.index() < request.getPathsCount())
                .setStartAfter(at.encode())
                .build();
    }

    private record Wanted(ListingCursor at, int limit) {}

    /** Lists a part of one directory, or says why not, and returns where to go on. */
    private ListingCursor list(
            RpcCall call,
            GetBatchedListingRequestProto request,
            Wanted wanted,
            BatchedDirectoryListingProto.Builder list) {
        ListingCursor at = wanted.at();
        String text = request.getPaths(at.index());
        try {
            FilePath path = call.path(text);
            Page page =
                    engine.page(call.caller(), path, MetadataLoad.ONCE, at.after(), wanted.limit());
            for (FileStatus status : page.children()) {
                list.addPartialListing(listed(call, path, status, request.getNeedLocation()));
            }
            return page.remaining() > 0 && !page.children().isEmpty()
                    ? at.behind(page.children().getLast().path().name())
                    : at.next();
        } catch (ForebayException e) {
            RpcError error = HdfsErrors.of(e, call.method(), call.caller().user(), text);
            list.setException(
                    RemoteExceptionProto.newBuilder()
                            .setClassName(error.className())
                            .setMessage(error.message()));
            return at.next();
        }
    }

    private MessageLite blockLocations(RpcCall call) throws InvalidProtocolBufferException {
        GetBlockLocationsRequestProto request =
                call.request(GetBlockLocationsRequestProto.parser());
        FileStatus asked = stat(call, request.getSrc());
        FileStatus status = opened(call, asked);
        if (!status.id().equals(asked.id()) && inode(call.path(request.getSrc())).isPresent()) {
            throw new NotFound("file was renamed meanwhile", asked.path());
        }
        ByteRange range = new ByteRange(request.getOffset(), request.getLength());
        if (range.position() < 0 || range.length() < 0) {
            throw RpcError.of(
                            RpcError.ILLEGAL_ARGUMENT, "Negative offset or length is not supported")
                    .refused();
        }
        LocatedBlocksProto located = locations.locate(status, range, call.local());
        return GetBlockLocationsResponseProto.newBuilder().setLocations(located).build();
    }

    /**
     * Opening a file checks the right to read it and counts as an access; one being written cannot
     * be opened by its name.
     */
    private FileStatus opened(RpcCall call, FileStatus status) {
        requireFile(status);
        if (!status.completed()) {
            engine.requireAccess(call.caller(), status.path(), READ);
            return status;
        }
        try (FileReader reader = engine.open(call.caller(), status.path(), ReadType.NO_CACHE)) {
            return reader.status();
        }
    }

    private static void requireFile(FileStatus status) {
        if (status.directory()) {
            throw new IsADirectory("path is a directory", status.path());
        }
    }

    private MessageLite contentSummary(RpcCall call) throws InvalidProtocolBufferException {
        GetContentSummaryRequestProto request =
                call.request(GetContentSummaryRequestProto.parser());
        LeasedFileEngine.Summary summary =
                engine.summarize(call.caller(), call.path(request.getPath()));
        return GetContentSummaryResponseProto.newBuilder()
                .setSummary(
                        ContentSummaryProto.newBuilder()
                                .setLength(summary.length())
                                .setFileCount(summary.files())
                                .setDirectoryCount(summary.directories())
                                .setQuota(summary.quota().names())
                                .setSpaceConsumed(summary.replicated())
                                .setSpaceQuota(summary.quota().space())
                                .setSnapshotLength(0)
                                .setSnapshotFileCount(0)
                                .setSnapshotDirectoryCount(0)
                                .setSnapshotSpaceConsumed(0)
                                .setTypeQuotaInfos(types(summary))
                                .setErasureCodingPolicy(""))
                .build();
    }

    private MessageLite quotaUsage(RpcCall call) throws InvalidProtocolBufferException {
        GetQuotaUsageRequestProto request = call.request(GetQuotaUsageRequestProto.parser());
        LeasedFileEngine.Summary summary =
                engine.summarize(call.caller(), call.path(request.getPath()));
        return GetQuotaUsageResponseProto.newBuilder()
                .setUsage(
                        QuotaUsageProto.newBuilder()
                                .setFileAndDirectoryCount(summary.files() + summary.directories())
                                .setQuota(summary.quota().names())
                                .setSpaceConsumed(summary.replicated())
                                .setSpaceQuota(summary.quota().space())
                                .setTypeQuotaInfos(types(summary)))
                .build();
    }

    private static StorageTypeQuotaInfosProto types(LeasedFileEngine.Summary summary) {
        StorageTypeQuotaInfosProto.Builder infos = StorageTypeQuotaInfosProto.newBuilder();
        for (StorageType type : StorageType.values()) {
            if (type.counted()) {
                infos.addTypeQuotaInfo(
                        StorageTypeQuotaInfoProto.newBuilder()
                                .setType(PolicyMethods.encode(type))
                                .setQuota(summary.quota().of(type))
                                .setConsumed(summary.types().getOrDefault(type, 0L)));
            }
        }
        return infos.build();
    }

    private MessageLite preferredBlockSize(RpcCall call) throws InvalidProtocolBufferException {
        GetPreferredBlockSizeRequestProto request =
                call.request(GetPreferredBlockSizeRequestProto.parser());
        return GetPreferredBlockSizeResponseProto.newBuilder()
                .setBsize(stat(call, request.getFilename()).layout().blockSize())
                .build();
    }

    private MessageLite isFileClosed(RpcCall call) throws InvalidProtocolBufferException {
        IsFileClosedRequestProto request = call.request(IsFileClosedRequestProto.parser());
        FileStatus status = stat(call, request.getSrc());
        requireFile(status);
        return IsFileClosedResponseProto.newBuilder().setResult(status.completed()).build();
    }
}
