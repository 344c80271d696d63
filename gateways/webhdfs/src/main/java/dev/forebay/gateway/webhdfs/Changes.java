package dev.forebay.gateway.webhdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.Principal;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.files.AttributeChange;
import dev.forebay.files.DeleteOptions;
import dev.forebay.files.FileEngine;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.files.Quota;
import dev.forebay.files.StorageType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The operations that change the namespace and take no bytes. */
final class Changes {
    private static final int DEFAULT_MODE = 0755;

    // HdfsConstants.java: QUOTA_DONT_SET
    private static final long KEEP_QUOTA = Long.MAX_VALUE;

    private final LeasedFileEngine engine;

    Changes(LeasedFileEngine engine) {
        this.engine = engine;
    }

    void makeDirectories(Call call, FilePath path) throws IOException {
        var options = Creations.directory(call.parameters());
        if (!path.isRoot()) {
            engine.createDirectory(call.caller(), path, options);
        }
        call.answer(true);
    }

    void delete(Call call, FilePath path) throws IOException {
        boolean recursive = call.parameters().flag("recursive", false);
        call.answer(
                path.isRoot()
                        ? empty(call.caller(), recursive)
                        : delete(call.caller(), path, recursive));
    }

    void setPermission(Call call, FilePath path) throws IOException {
        OptionalInt given = call.parameters().mode("permission");
        change(
                call,
                path,
                AttributeChange.ofAccess(
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.of(given.orElse(DEFAULT_MODE))));
    }

    void setOwner(Call call, FilePath path) throws IOException {
        Optional<String> owner = call.parameters().text("owner");
        Optional<String> group = call.parameters().text("group");
        if (owner.isEmpty() && group.isEmpty()) {
            throw RemoteError.illegal("Both owner and group are empty.").refused();
        }
        change(call, path, AttributeChange.ofAccess(owner, group, OptionalInt.empty()));
    }

    void setTimes(Call call, FilePath path) throws IOException {
        change(
                call,
                path,
                AttributeChange.ofTimes(time(call, "accesstime"), time(call, "modificationtime")));
    }

    /** False, not an error, for a directory and for what is not there. */
    void setReplication(Call call, FilePath path) throws IOException {
        int replication = call.parameters().replication().orElse(1);
        boolean done;
        try {
            done = engine.setReplication(call.caller(), path, replication);
        } catch (NotFound e) {
            done = false;
        }
        call.answer(done);
    }

    /** What is not given stays, -1 takes a limit away. */
    void setQuota(Call call, FilePath path) throws IOException {
        var change =
                new Quota.Change(quota(call, "namespacequota"), quota(call, "storagespacequota"));
        if (change.names().isEmpty() && change.space().isEmpty()) {
            throw Parameters.missing("namespacequota");
        }
        call.requireSuperuser();
        engine.setQuota(call.caller(), path, change);
        call.done();
    }

    void setTypeQuota(Call call, FilePath path) throws IOException {
        String name = "storagetype";
        String text =
                call.parameters()
                        .text(name)
                        .orElseThrow(() -> Parameters.missing(name))
                        .toUpperCase(Locale.ROOT);
        StorageType type =
                Arrays.stream(StorageType.values())
                        .filter(each -> each.name().equals(text) && each.counted())
                        .findFirst()
                        .orElseThrow(() -> Parameters.wrong(name, text, "not counted"));
        OptionalLong limit = quota(call, "storagespacequota");
        if (limit.isEmpty()) {
            throw Parameters.missing("storagespacequota");
        }
        call.requireSuperuser();
        engine.setQuota(call.caller(), path, Quota.Change.of(type, limit.getAsLong()));
        call.done();
    }

    private static OptionalLong quota(Call call, String name) {
        OptionalLong given = call.parameters().whole(name, -1);
        return given.orElse(KEEP_QUOTA) == KEEP_QUOTA ? OptionalLong.empty() : given;
    }

    /** Always true: the rest is gone when the engine returns. */
    void truncate(Call call, FilePath path) throws IOException {
        String name = "newlength";
        long length = call.parameters().whole(name, 0).orElseThrow(() -> Parameters.missing(name));
        engine.truncate(call.caller(), path, length);
        call.answer(true);
    }

    void concat(Call call, FilePath path) throws IOException {
        List<FilePath> sources = call.parameters().paths("sources");
        call.targets(sources);
        engine.concat(call.caller(), path, sources);
        call.done();
    }

    private void change(Call call, FilePath path, AttributeChange change) throws IOException {
        engine.setAttributes(call.caller(), path, change);
        call.done();
    }

    /** A time to set; -1 keeps the one that is there. */
    private static OptionalLong time(Call call, String name) {
        OptionalLong millis = call.parameters().whole(name, -1);
        return millis.orElse(-1) < 0 ? OptionalLong.empty() : millis;
    }

    private boolean delete(Principal caller, FilePath path, boolean recursive) {
        try {
            engine.delete(caller, path, new DeleteOptions(recursive, false));
            return true;
        } catch (NotFound e) {
            return false;
        }
    }

    /** The root stays, and what is below goes; mount points stay as the root does. */
    private boolean empty(Principal caller, boolean recursive) {
        List<FilePath> children = new ArrayList<>();
        engine.list(
                caller,
                FilePath.ROOT,
                FileEngine.ListOptions.DEFAULT,
                status -> {
                    if (!status.mountPoint()) {
                        children.add(status.path());
                    }
                });
        if (!recursive && !children.isEmpty()) {
            throw new NotEmpty("directory has children", FilePath.ROOT);
        }
        children.forEach(child -> delete(caller, child, true));
        return recursive;
    }
}
