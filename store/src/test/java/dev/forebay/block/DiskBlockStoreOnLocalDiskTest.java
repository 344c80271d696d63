package dev.forebay.block;

import dev.forebay.base.LocalDisk;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class DiskBlockStoreOnLocalDiskTest extends BlockStoreContract {
    @TempDir Path directory;

    @Override
    BlockStore store() {
        return DiskBlockStore.open(new LocalDisk(), directory.resolve("data").resolve("blocks"));
    }
}
