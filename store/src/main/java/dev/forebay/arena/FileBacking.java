package dev.forebay.arena;

import dev.forebay.base.error.ForebayException;
import dev.forebay.base.unix.LibraryCalls;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/** A nameless sparse file, mapped shared: a memfd, or a file whose name is gone. */
final class FileBacking implements Backing {
    /** -1 when closed, since the number may soon stand for another file. */
    private volatile int descriptor;

    private final int pageSize;
    private final MemorySegment memory;

    private FileBacking(int descriptor, int pageSize, MemorySegment memory) {
        this.descriptor = descriptor;
        this.pageSize = pageSize;
        this.memory = memory;
    }

    /**
     * Makes the file.
     *
     * @param folder where, or empty for a memfd
     * @param length bytes of address space, a page multiple
     * @throws dev.forebay.base.error.Unsupported when the file system has no fallocate
     */
    static FileBacking open(Optional<Path> folder, long length) {
        int descriptor =
                folder.map(NativeMemory::createNamelessFile)
                        .orElseGet(() -> NativeMemory.createMemoryFile("forebay-arena"));
        try {
            int pageSize = NativeMemory.pageSize();
            NativeMemory.setLength(descriptor, length);
            probe(descriptor, pageSize);
            return new FileBacking(
                    descriptor, pageSize, NativeMemory.mapShared(descriptor, length));
        } catch (ForebayException e) {
            LibraryCalls.close(descriptor);
            throw e;
        }
    }

    /** Better to fail at start than at the first full moment. */
    private static void probe(int descriptor, int pageSize) {
        NativeMemory.back(descriptor, 0, pageSize);
        NativeMemory.punch(descriptor, 0, pageSize);
    }

    @Override
    public MemorySegment memory() {
        return memory;
    }

    @Override
    public int pageSize() {
        return pageSize;
    }

    @Override
    public void back(long offset, long length) {
        NativeMemory.back(descriptor, offset, length);
    }

    @Override
    public void discard(long offset, long length) {
        NativeMemory.punch(descriptor, offset, length);
    }

    @Override
    public Optional<Arena.SharedFile> sharedFile() {
        return Optional.of(new Arena.SharedFile(descriptor, memory.byteSize()));
    }

    @Override
    public void close() {
        int open = descriptor;
        descriptor = -1;
        LibraryCalls.close(open);
    }
}
