package dev.forebay.cli;

import dev.forebay.base.TtlAction;
import dev.forebay.base.WriteType;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.Mode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/** The options of commands that make files. */
final class WriteOptions {
    @Option(
            names = {"-f", "--force"},
            description = "Replace files that are there.")
    private boolean force;

    @Option(
            names = "--write-type",
            paramLabel = "TYPE",
            description = "Where the bytes go: ${COMPLETION-CANDIDATES}.")
    private @Nullable WriteType writeType;

    @Option(
            names = {"-m", "--mode"},
            paramLabel = "MODE",
            description = "Permissions such as 644.")
    private @Nullable Mode mode;

    @Option(names = "--block-size", paramLabel = "SIZE", description = "Such as 64MB.")
    private String blockSize = "";

    @Option(names = "--ttl", paramLabel = "SPAN", description = "Time to live, such as 2h.")
    private String ttl = "";

    @Option(
            names = "--ttl-action",
            paramLabel = "ACTION",
            description = "What happens then: ${COMPLETION-CANDIDATES}; FREE when not told.")
    private TtlAction ttlAction = TtlAction.FREE;

    @Option(
            names = {"-P", "--parallel"},
            paramLabel = "N",
            description = "Files at once, 1 to 64, 8 when not told.")
    private int parallel = Transfers.PARALLEL;

    int parallel() {
        return parallel;
    }

    CreateOptions create() {
        CreateOptions options = CreateOptions.DEFAULT.withOverwrite(force);
        options = writeType == null ? options : options.withWriteType(writeType);
        options = mode == null ? options : options.withMode(mode);
        options = blockSize.isEmpty() ? options : options.withBlockSize(Quantities.size(blockSize));
        return ttl.isEmpty() ? options : options.withTtl(Quantities.millis(ttl), ttlAction);
    }
}
