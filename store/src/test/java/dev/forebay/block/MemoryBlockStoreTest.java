package dev.forebay.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.BlockId;
import dev.forebay.base.error.OutOfSpace;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class MemoryBlockStoreTest extends BlockStoreContract {
    @Override
    BlockStore store() {
        return new MemoryBlockStore(16 << 20);
    }

    @Test
    void fullStoreRefusesAndGoesOnWhenSpaceReturns() {
        MemoryBlockStore store = new MemoryBlockStore(3 * MemoryBlock.PIECE_LENGTH);
        seal(store, new BlockId(1), new byte[MemoryBlock.PIECE_LENGTH + 1]);
        BlockWriter writer = store.create(new BlockId(2));
        writer.append(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(store.usableSpace()).isZero();
        ByteBuffer more = ByteBuffer.wrap(content(1, MemoryBlock.PIECE_LENGTH));
        assertThatThrownBy(() -> writer.append(more)).isInstanceOf(OutOfSpace.class);
        assertThat(more.position()).isZero();
        assertThat(writer.length()).isEqualTo(2);
        BlockReader reader = store.open(new BlockId(1));
        store.delete(new BlockId(1));
        assertThat(store.usableSpace()).as("still being read").isZero();
        reader.close();
        assertThat(store.usableSpace()).isEqualTo(2L * MemoryBlock.PIECE_LENGTH);
        writer.append(more);
        writer.seal();
        assertThat(bytes(store, new BlockId(2))).startsWith(1, 2).hasSize(65538);
        writer.close();
        store.delete(new BlockId(2));
        assertThat(store.usableSpace()).isEqualTo(3L * MemoryBlock.PIECE_LENGTH);
    }
}
