package dev.forebay.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.BlockId;
import dev.forebay.base.MemoryDisk;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

class DiskBlockStoreOnMemoryTest extends BlockStoreContract {
    private static final int CAPACITY = 32 << 20;

    @Override
    BlockStore store() {
        return DiskBlockStore.open(new MemoryDisk(CAPACITY), Path.of("/data/blocks"));
    }

    @Test
    void spaceOfDeletedBlockComesBackThoughItsFileWasKeptOpen() {
        BlockStore store = store();
        BlockId id = new BlockId(1);
        seal(store, id, new byte[1000]);
        assertThat(bytes(store, id)).hasSize(1000);
        assertThat(store.usableSpace()).isLessThan(CAPACITY - 1000);
        store.delete(id);
        assertThat(store.usableSpace()).isEqualTo(CAPACITY);
    }
}
