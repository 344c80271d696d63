package dev.forebay.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.forebay.base.BlockId;
import dev.forebay.base.Disk;
import dev.forebay.base.MemoryDisk;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

class OpenBlocksTest {
    private final MemoryDisk disk = new MemoryDisk(1000);
    private final OpenBlocks blocks = new OpenBlocks(2);
    private final Disk.File[] files = new Disk.File[5];

    @BeforeEach
    void makeFiles() throws IOException {
        for (int i = 0; i < files.length; i++) {
            files[i] = disk.open(Path.of("/" + i), Disk.Mode.CREATE);
        }
    }

    private CheckedFile keep(int number) {
        return blocks.keep(checked(number));
    }

    private CheckedFile checked(int number) {
        return new CheckedFile(
                new BlockId(number), files[number], ChunkChecksums.EMPTY, new ScratchBuffers());
    }

    private Optional<CheckedFile> find(int number) {
        return blocks.find(new BlockId(number));
    }

    private void assertClosed(int number) {
        assertThatIOException().isThrownBy(() -> files[number].length());
    }

    private void assertOpen(int number) throws IOException {
        assertThat(files[number].length()).isZero();
    }

    @Test
    void leastRecentlyUsedIsClosedWhenFull() throws IOException {
        keep(1).release();
        keep(2).release();
        find(1).orElseThrow().release();
        keep(3).release();
        assertClosed(2);
        assertOpen(1);
        assertOpen(3);
        assertThat(find(2)).isEmpty();
        assertThat(blocks.count()).isEqualTo(2);
    }

    @Test
    void fileInUseIsClosedByItsLastHolder() throws IOException {
        CheckedFile first = keep(1);
        CheckedFile again = find(1).orElseThrow();
        blocks.remove(new BlockId(1));
        first.release();
        assertOpen(1);
        again.release();
        assertClosed(1);
        assertThat(again.retain()).isFalse();
    }

    @Test
    void secondFileOfTheSameBlockIsDropped() {
        CheckedFile first = keep(1);
        CheckedFile second =
                new CheckedFile(
                        new BlockId(1), files[4], ChunkChecksums.EMPTY, new ScratchBuffers());
        assertThat(blocks.keep(second)).isSameAs(first);
        assertClosed(4);
    }

    @Test
    void closedCacheKeepsNothing() throws IOException {
        CheckedFile held = keep(1);
        keep(2).release();
        blocks.close();
        assertClosed(2);
        assertOpen(1);
        held.release();
        assertClosed(1);
        keep(3).release();
        assertClosed(3);
    }
}
