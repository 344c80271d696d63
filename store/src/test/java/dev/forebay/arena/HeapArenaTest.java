package dev.forebay.arena;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapArenaTest extends ArenaContract {
    @Override
    Arena open(ArenaOptions options) {
        return HeapArena.open(options);
    }

    @Test
    void sharesNoFile() {
        assertThat(arena.sharedFile()).isEmpty();
    }
}
