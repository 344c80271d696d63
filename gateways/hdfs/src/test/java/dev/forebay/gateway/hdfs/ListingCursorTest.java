package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Name;

import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class ListingCursorTest {
    @Test
    void comesBackAsItWas() {
        for (ListingCursor cursor :
                List.of(
                        new ListingCursor(0, Optional.empty()),
                        new ListingCursor(7, Optional.empty()),
                        new ListingCursor(7, Optional.of(Name.of("name"))))) {
            assertThat(ListingCursor.decode(cursor.encode())).isEqualTo(cursor);
        }
        assertThat(ListingCursor.decode(ByteString.EMPTY))
                .isEqualTo(new ListingCursor(0, Optional.empty()));
    }

    @Test
    void whatNobodyGaveIsRefused() {
        for (byte[] wrong : List.of(new byte[3], new byte[] {-1, 0, 0, 0}, new byte[6])) {
            assertThatThrownBy(() -> ListingCursor.decode(ByteString.copyFrom(wrong)))
                    .isInstanceOf(RpcError.Refusal.class);
        }
    }
}
