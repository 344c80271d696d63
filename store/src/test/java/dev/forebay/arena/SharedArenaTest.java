package dev.forebay.arena;

class SharedArenaTest extends ArenaContract {
    @Override
    Arena open(ArenaOptions options) {
        return SharedArena.open(options);
    }
}
