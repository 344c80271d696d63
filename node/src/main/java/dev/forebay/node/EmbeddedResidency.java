package dev.forebay.node;

import dev.forebay.base.Principal;
import dev.forebay.base.TtlAction;
import dev.forebay.client.AttributeChange;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileStatus;
import dev.forebay.client.FreeOptions;
import dev.forebay.client.LentFile;
import dev.forebay.client.ListOptions;
import dev.forebay.client.Residency;
import dev.forebay.files.FileEngine;
import dev.forebay.objects.Lender;

import java.util.stream.Stream;

/** What is in memory, on the engine of the same process. */
final class EmbeddedResidency implements Residency {
    private final FileClient files;
    private final FileEngine engine;
    private final Lender lender;
    private final Principal caller;

    EmbeddedResidency(FileClient files, FileEngine engine, Lender lender, Principal caller) {
        this.files = files;
        this.engine = engine;
        this.lender = lender;
        this.caller = caller;
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
        EmbeddedErrors.run(
                () ->
                        engine.free(
                                caller,
                                EmbeddedFiles.parse(path),
                                new FileEngine.FreeOptions(options.recursive(), options.forced())));
    }

    @Override
    public void load(String path, boolean recursive) {
        if (recursive || files.stat(path).file()) {
            EmbeddedErrors.run(() -> engine.load(caller, EmbeddedFiles.parse(path), recursive));
        }
    }

    @Override
    public LentFile lend(String path) {
        var file = EmbeddedErrors.call(() -> lender.lend(caller, EmbeddedFiles.parse(path), true));
        return new LentFile(
                file.path().toString(),
                file.generation(),
                file.length(),
                file.blockSize(),
                file.blocks());
    }

    @Override
    public void expire(String path, long millis, TtlAction action) {
        files.setAttributes(path, AttributeChange.NONE.withTtlMillis(millis).withTtlAction(action));
    }

    @Override
    public double residency(String path) {
        long[] lengths = new long[2];
        try (Stream<FileStatus> all = files.list(path, ListOptions.RECURSIVE)) {
            all.filter(FileStatus::file)
                    .forEach(
                            file -> {
                                lengths[0] += file.length();
                                lengths[1] +=
                                        file.length() * file.residence().inMemoryPercentage() / 100;
                            });
        }
        return lengths[0] == 0 ? 1 : (double) lengths[1] / lengths[0];
    }
}
