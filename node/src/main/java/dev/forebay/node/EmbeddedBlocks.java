package dev.forebay.node;

import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.base.error.Internal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.client.BlockFiles;
import dev.forebay.client.BlockPlace;
import dev.forebay.client.FileChecksum;
import dev.forebay.client.FileRange;
import dev.forebay.client.ServerDefaults;
import dev.forebay.files.FileReader.ByteRange;
import dev.forebay.files.FileStatus;
import dev.forebay.files.LeasedFileEngine;

import java.io.IOException;
import java.util.List;

/** Blocks of the engine of the same process. */
final class EmbeddedBlocks implements BlockFiles {
    /** Of a checksum; DataChecksum.java of Hadoop has it as default. */
    private static final int CHUNK_LENGTH = 512;

    private static final int PACKET_LENGTH = 64 * 1024;
    private static final int BUFFER_LENGTH = 4096;
    private static final int HEX_DIGITS = 2;
    private static final List<String> HERE = List.of("localhost");

    private final LeasedFileEngine engine;
    private final Principal caller;
    private final long blockSize;

    EmbeddedBlocks(LeasedFileEngine engine, Principal caller, long blockSize) {
        this.engine = engine;
        this.caller = caller;
        this.blockSize = blockSize;
    }

    @Override
    public void concat(String target, List<String> sources) {
        EmbeddedErrors.run(
                () ->
                        engine.concat(
                                caller,
                                EmbeddedFiles.parse(target),
                                sources.stream().map(EmbeddedFiles::parse).toList()));
    }

    @Override
    public boolean truncate(String path, long length) {
        EmbeddedErrors.run(() -> engine.truncate(caller, EmbeddedFiles.parse(path), length));
        return true;
    }

    @Override
    public void setReplication(String path, int replication) {
        EmbeddedErrors.run(
                () -> {
                    if (replication < 1 || replication > Short.MAX_VALUE) {
                        throw new Invalid("replication is not 1 to 32767", replication);
                    }
                    if (!engine.setReplication(caller, EmbeddedFiles.parse(path), replication)) {
                        throw new Invalid("a directory has no replication", path);
                    }
                });
    }

    @Override
    public List<BlockPlace> blockLocations(String path, FileRange range) {
        FileStatus file = EmbeddedErrors.call(() -> file(path));
        return file.blocks().stream()
                .filter(block -> block.offset() + block.length() > range.offset())
                .filter(block -> block.offset() - range.offset() < range.length())
                .map(
                        block ->
                                new BlockPlace(
                                        block.offset(), block.length(), HERE, List.of(), false))
                .toList();
    }

    private FileStatus file(String path) {
        FileStatus status = engine.stat(caller, EmbeddedFiles.parse(path), MetadataLoad.ONCE);
        if (status.directory()) {
            throw new IsADirectory("a directory has no blocks", path);
        }
        return status;
    }

    /** Reads the file: no checksum of HDFS's kind is kept. */
    @Override
    public FileChecksum checksum(String path) {
        return EmbeddedErrors.call(() -> sum(path));
    }

    private FileChecksum sum(String path) {
        try (var reader = engine.open(caller, EmbeddedFiles.parse(path), ReadType.NO_CACHE)) {
            List<Long> lengths =
                    reader.status().blocks().stream()
                            .map(FileStatus.Block::length)
                            .filter(length -> length > 0)
                            .toList();
            var sum = new dev.forebay.gateway.webhdfs.FileChecksum(lengths);
            reader.transfer(new ByteRange(0, reader.length()), sum::update);
            var value = sum.value();
            return new FileChecksum(
                    value.algorithm(), value.bytes().substring(0, value.length() * HEX_DIGITS));
        } catch (IOException e) {
            throw new Internal("a checksum takes every byte", path, e);
        }
    }

    @Override
    public boolean recoverLease(String path) {
        EmbeddedErrors.run(() -> engine.recoverLease(caller, EmbeddedFiles.parse(path)));
        return true;
    }

    @Override
    public ServerDefaults serverDefaults() {
        return new ServerDefaults(
                blockSize,
                1,
                BUFFER_LENGTH,
                new ServerDefaults.Wire(PACKET_LENGTH, "CRC32C", CHUNK_LENGTH, false),
                0);
    }
}
