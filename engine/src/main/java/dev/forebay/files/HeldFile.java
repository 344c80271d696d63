package dev.forebay.files;

import dev.forebay.arena.Resident;

import java.util.ArrayList;
import java.util.List;

/**
 * A file whose blocks are all in memory and stay there until this is closed. What happens to the
 * file meanwhile does not change the bytes.
 */
public final class HeldFile implements AutoCloseable {
    private final FileStatus status;
    private final long contentGeneration;
    private final List<Resident> blocks = new ArrayList<>();

    HeldFile(FileStatus status, long contentGeneration) {
        this.status = status;
        this.contentGeneration = contentGeneration;
    }

    /** Takes over a block that it holds already, in the order of the file. */
    void add(Resident block) {
        blocks.add(block);
    }

    /** The file as it was when its blocks were brought in. */
    public FileStatus status() {
        return status;
    }

    /** Counts the contents that this file has had, from 1. */
    public long contentGeneration() {
        return contentGeneration;
    }

    /** Its blocks in order, sealed; empty for an empty file. */
    public List<Resident> blocks() {
        return List.copyOf(blocks);
    }

    /** Releases the blocks; again does nothing. */
    @Override
    public void close() {
        blocks.forEach(block -> block.release(this));
        blocks.clear();
    }
}
