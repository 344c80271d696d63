package dev.forebay.meta;

import dev.forebay.base.Clock;

class MemoryMetaStoreConcurrencyTest extends MetaStoreConcurrencyContract {
    @Override
    MetaStore open() {
        return new MemoryMetaStore(MetaStoreContract.SPACES, Clock.system());
    }
}
