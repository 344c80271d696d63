package dev.forebay.block;

import dev.forebay.base.MemoryDisk;

import java.nio.file.Path;

class DiskBlockStoreOnMemoryTest extends BlockStoreContract {
    @Override
    BlockStore store() {
        return DiskBlockStore.open(new MemoryDisk(32 << 20), Path.of("/data/blocks"));
    }
}
