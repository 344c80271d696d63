package dev.forebay.node;

import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileStatus;
import dev.forebay.client.ListOptions;
import dev.forebay.client.MountOptions;
import dev.forebay.client.MountPoint;
import dev.forebay.client.Mounts;
import dev.forebay.files.FileEngine;
import dev.forebay.files.MountRequest;

import java.util.List;
import java.util.stream.Stream;

/** Mounts, on the engine of the same process. */
final class EmbeddedMounts implements Mounts {
    private final FileClient files;
    private final FileEngine engine;
    private final Principal caller;

    EmbeddedMounts(FileClient files, FileEngine engine, Principal caller) {
        this.files = files;
        this.engine = engine;
        this.caller = caller;
    }

    @Override
    public void mount(String path, String source, MountOptions options) {
        EmbeddedErrors.call(
                () ->
                        engine.mount(
                                caller,
                                EmbeddedFiles.parse(path),
                                new MountRequest(
                                        source,
                                        options.properties(),
                                        options.readOnly(),
                                        options.shared())));
    }

    @Override
    public void unmount(String path) {
        EmbeddedErrors.run(() -> engine.unmount(caller, EmbeddedFiles.parse(path)));
    }

    @Override
    public List<MountPoint> mounts() {
        return EmbeddedErrors.call(
                () ->
                        engine.mounts(caller).stream()
                                .map(
                                        mount ->
                                                new MountPoint(
                                                        mount.path().toString(),
                                                        mount.uri(),
                                                        mount.readOnly(),
                                                        mount.shared()))
                                .toList());
    }

    @Override
    public void sync(String path) {
        FileStatus root = files.stat(path, MetadataLoad.SYNC);
        ListOptions compared = ListOptions.RECURSIVE.withLoad(MetadataLoad.SYNC);
        try (Stream<FileStatus> all = files.list(root.path(), compared)) {
            all.forEach(_ -> {});
        }
    }
}
