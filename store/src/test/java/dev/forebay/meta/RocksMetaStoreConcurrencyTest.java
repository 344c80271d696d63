package dev.forebay.meta;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class RocksMetaStoreConcurrencyTest extends MetaStoreConcurrencyContract {
    @TempDir Path directory = Path.of("");

    @Override
    MetaStore open() {
        return RocksMetaStoreTest.openAt(directory, MetaStoreContract.SPACES);
    }
}
