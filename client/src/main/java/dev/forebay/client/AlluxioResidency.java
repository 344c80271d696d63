package dev.forebay.client;

import dev.forebay.base.ReadType;
import dev.forebay.base.TtlAction;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Residency over the Alluxio REST, with loading by the admin listener where there is one. */
final class AlluxioResidency implements Residency {
    private static final int PIECE = 256 * 1024;

    private final FileClient files;
    private final AlluxioCalls calls;
    private final Optional<AdminListener> admin;

    AlluxioResidency(FileClient files, AlluxioCalls calls, Optional<AdminListener> admin) {
        this.files = files;
        this.calls = calls;
        this.admin = admin;
    }

    @Override
    public void pin(String path) {
        files.setAttributes(path, AttributeChange.NONE.withPinned(true));
    }

    @Override
    public void unpin(String path) {
        files.setAttributes(path, AttributeChange.NONE.withPinned(false));
    }

    @Override
    public void free(String path, FreeOptions options) {
        calls.path(path, "free", OptionEncoder.encode(options));
    }

    @Override
    public void load(String path, boolean recursive) {
        if (admin.isPresent()) {
            admin.get().load(path, recursive);
            return;
        }
        for (FileStatus file : filesOf(path, recursive)) {
            read(file.path());
        }
    }

    @Override
    public LentFile lend(String path) {
        return admin.orElseThrow(
                        () ->
                                FilesException.of(
                                        Status.UNIMPLEMENTED,
                                        "a bare proxy lends no objects",
                                        path))
                .lend(path);
    }

    @Override
    public void expire(String path, long millis, TtlAction action) {
        files.setAttributes(path, AttributeChange.NONE.withTtlMillis(millis).withTtlAction(action));
    }

    @Override
    public double residency(String path) {
        double inMemory = 0;
        long length = 0;
        for (FileStatus file : filesOf(path, true)) {
            length += file.length();
            inMemory += file.length() * (file.residence().inMemoryPercentage() / 100.0);
        }
        return length == 0 ? 1 : Math.min(1, inMemory / length);
    }

    private List<FileStatus> filesOf(String path, boolean recursive) {
        FileStatus status = files.stat(path);
        if (status.file()) {
            return List.of(status);
        }
        if (!recursive) {
            return List.of();
        }
        try (Stream<FileStatus> all = files.list(path, ListOptions.RECURSIVE)) {
            return all.filter(FileStatus::file).toList();
        }
    }

    private void read(String path) {
        OpenOptions promoted = OpenOptions.DEFAULT.withReadType(ReadType.CACHE_PROMOTE);
        try (FileReader reader = files.open(path, promoted)) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (reader.read(piece) >= 0) {
                piece.clear();
            }
        }
    }
}
