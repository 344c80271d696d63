package dev.forebay.files;

/** The engine over stores in memory. */
class MemoryFileEngineTest extends FileEngineContract {
    @Override
    EngineFixture open() {
        return EngineFixture.inMemory();
    }
}
