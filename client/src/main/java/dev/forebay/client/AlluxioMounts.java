package dev.forebay.client;

import dev.forebay.base.MetadataLoad;
import dev.forebay.client.rest.RequestTarget;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Mounts over the Alluxio REST, listed by the admin listener where there is one. */
final class AlluxioMounts implements Mounts {
    private final FileClient files;
    private final AlluxioCalls calls;
    private final Optional<AdminListener> admin;

    AlluxioMounts(FileClient files, AlluxioCalls calls, Optional<AdminListener> admin) {
        this.files = files;
        this.calls = calls;
        this.admin = admin;
    }

    @Override
    public void mount(String path, String source, MountOptions options) {
        calls.pathWith(
                path, "mount?src=" + RequestTarget.query(source), OptionEncoder.encode(options));
    }

    @Override
    public void unmount(String path) {
        calls.path(path, "unmount", OptionEncoder.none());
    }

    @Override
    public List<MountPoint> mounts() {
        return admin.orElseThrow(() -> AlluxioFiles.unsupported("listing mounts")).mounts();
    }

    /** Compared by the service as it lists. */
    @Override
    public void sync(String path) {
        files.stat(path, MetadataLoad.SYNC);
        ListOptions compared = ListOptions.RECURSIVE.withLoad(MetadataLoad.SYNC);
        try (Stream<FileStatus> all = files.list(path, compared)) {
            all.forEach(_ -> {});
        }
    }
}
