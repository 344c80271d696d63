package dev.forebay.gateway.hdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotFound;
import dev.forebay.files.CreateOptions;
import dev.forebay.files.DeleteOptions;
import dev.forebay.files.FileEngine.ListOptions;
import dev.forebay.files.FileStatus;
import dev.forebay.files.LeasedFileEngine;

import org.apache.hadoop.hdfs.protocol.proto.AclProtos.FsPermissionProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.ConcatRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.ConcatResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.DeleteRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.DeleteResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.MkdirsRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.MkdirsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.Rename2RequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.Rename2ResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RenameRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RenameResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.TruncateRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.TruncateResponseProto;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Methods that make, move and remove names, and cut and join files. */
final class NameMethods {
    /** FsPermission.java: what it keeps of a mode. */
    private static final int MODE = 01777;

    private final LeasedFileEngine engine;

    private NameMethods(LeasedFileEngine engine) {
        this.engine = engine;
    }

    static void addTo(MethodTable table, LeasedFileEngine engine) {
        NameMethods methods = new NameMethods(engine);
        table.audited("mkdirs", methods::makeDirectories)
                .audited("rename", methods::rename)
                .audited("rename2", methods::renameOrReplace)
                .audited("delete", methods::delete)
                .audited("concat", methods::concat)
                .audited("truncate", methods::truncate);
    }

    private MessageLite makeDirectories(RpcCall call) throws InvalidProtocolBufferException {
        MkdirsRequestProto request = call.request(MkdirsRequestProto.parser());
        FilePath path = call.path(request.getSrc());
        if (!path.isRoot()) {
            CreateOptions none = CreateOptions.DEFAULT;
            FileStatus made =
                    engine.createDirectory(
                            call.caller(),
                            path,
                            new CreateOptions(
                                            request.getCreateParent(),
                                            true,
                                            OptionalInt.of(mode(request.getMasked())),
                                            none.writeType(),
                                            Optional.empty(),
                                            OptionalLong.empty(),
                                            OptionalInt.empty(),
                                            OptionalInt.empty(),
                                            OptionalInt.empty())
                                    .withUnmaskedMode(
                                            unmasked(request.hasUnmasked(), request.getUnmasked()))
                                    .withGroupOfParent());
            if (!made.directory()) {
                throw new AlreadyExists("path is a file", path);
            }
        }
        return MkdirsResponseProto.newBuilder().setResult(true).build();
    }

    /**
     * The mode that a client means: permissions of three and the sticky bit. A name node drops the
     * rest, and the Go client says there that a directory is one.
     */
    static int mode(FsPermissionProto permission) {
        return permission.getPerm() & MODE;
    }

    /** The mode before the client's mask, which older clients do not tell. */
    static OptionalInt unmasked(boolean told, FsPermissionProto mode) {
        return told ? OptionalInt.of(mode(mode)) : OptionalInt.empty();
    }

    /** The older rename: what cannot be is false, and an existing directory is moved into. */
    private MessageLite rename(RpcCall call) throws InvalidProtocolBufferException {
        RenameRequestProto request = call.request(RenameRequestProto.parser());
        FilePath source = call.path(request.getSrc());
        FilePath target = call.target(request.getDst());
        return RenameResponseProto.newBuilder().setResult(renamed(call, source, target)).build();
    }

    private boolean renamed(RpcCall call, FilePath source, FilePath target) {
        try {
            if (source.isRoot()) {
                return false;
            }
            FilePath whole = isDirectory(call, target) ? target.child(source.name()) : target;
            engine.rename(call.caller(), source, whole);
            return true;
        } catch (NotFound | AlreadyExists | NotADirectory | Invalid _) {
            return false;
        }
    }

    private boolean isDirectory(RpcCall call, FilePath path) {
        return engine.exists(call.caller(), path, MetadataLoad.ONCE)
                && engine.stat(call.caller(), path, MetadataLoad.ONCE).directory();
    }

    private MessageLite renameOrReplace(RpcCall call) throws InvalidProtocolBufferException {
        Rename2RequestProto request = call.request(Rename2RequestProto.parser());
        FilePath source = call.path(request.getSrc());
        FilePath target = call.target(request.getDst());
        if (source.equals(target)) {
            engine.stat(call.caller(), source, MetadataLoad.ONCE);
            throw new AlreadyExists("source and target are the same", target);
        }
        if (request.getOverwriteDest()) {
            engine.replace(call.caller(), source, target);
        } else {
            engine.rename(call.caller(), source, target);
        }
        return Rename2ResponseProto.getDefaultInstance();
    }

    private MessageLite delete(RpcCall call) throws InvalidProtocolBufferException {
        DeleteRequestProto request = call.request(DeleteRequestProto.parser());
        FilePath path = call.path(request.getSrc());
        boolean deleted =
                path.isRoot()
                        ? emptyRoot(call, request.getRecursive())
                        : deleted(call, path, request.getRecursive());
        return DeleteResponseProto.newBuilder().setResult(deleted).build();
    }

    private boolean deleted(RpcCall call, FilePath path, boolean recursive) {
        try {
            engine.delete(call.caller(), path, new DeleteOptions(recursive, false));
            return true;
        } catch (NotFound _) {
            return false;
        }
    }

    /** The root itself stays; without {@code recursive} an empty one is no error either. */
    private boolean emptyRoot(RpcCall call, boolean recursive) {
        List<FilePath> children = new ArrayList<>();
        engine.list(
                call.caller(),
                FilePath.ROOT,
                ListOptions.DEFAULT,
                child -> children.add(child.path()));
        if (!recursive && !children.isEmpty()) {
            throw RpcError.of(RpcError.NOT_EMPTY, "/ is non empty: Directory is not empty")
                    .refused();
        }
        children.forEach(child -> deleted(call, child, true));
        return recursive;
    }

    private MessageLite concat(RpcCall call) throws InvalidProtocolBufferException {
        ConcatRequestProto request = call.request(ConcatRequestProto.parser());
        FilePath target = call.path(request.getTrg());
        List<FilePath> sources = request.getSrcsList().stream().map(RpcCall::parse).toList();
        engine.concat(call.caller(), target, sources);
        return ConcatResponseProto.getDefaultInstance();
    }

    private MessageLite truncate(RpcCall call) throws InvalidProtocolBufferException {
        TruncateRequestProto request = call.request(TruncateRequestProto.parser());
        engine.truncate(call.caller(), call.path(request.getSrc()), request.getNewLength());
        return TruncateResponseProto.newBuilder().setResult(true).build();
    }
}
