package dev.forebay.meta;

import dev.forebay.base.Clock;

class MemoryMetaStoreTest extends MetaStoreContract {
    @Override
    MetaStore open() {
        return new MemoryMetaStore(SPACES, Clock.system());
    }
}
