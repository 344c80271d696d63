package dev.forebay.protocol.plasma;

import static dev.forebay.protocol.plasma.Golden.A;
import static dev.forebay.protocol.plasma.Golden.B;
import static dev.forebay.protocol.plasma.Golden.C;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forebay.base.ObjectId;
import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

class RequestCodecTest {
    private static final long DIGEST = 0x3837363534333231L;

    private static PlasmaRequest decode(MessageType type, String name) {
        return RequestDecoder.decode(type, Golden.segment(name));
    }

    private static PlasmaRequest roundTrip(PlasmaRequest request) {
        try (FlatWriter writer = new FlatWriter(24)) {
            MessageType type = RequestEncoder.encode(request, writer);
            MemorySegment message = writer.finish();
            byte[] body = message.asSlice(24).toArray(ValueLayout.JAVA_BYTE);
            assertThat(body.length % 4).isZero();
            return RequestDecoder.decode(type, Golden.segment(body));
        }
    }

    @Test
    void recordedRequestsAreRead() {
        assertThat(decode(MessageType.CREATE_REQUEST, "CREATE_REQUEST"))
                .isEqualTo(new PlasmaRequest.Create(A, true, 100, 10, 0));
        assertThat(decode(MessageType.SEAL_REQUEST, "SEAL_REQUEST"))
                .isEqualTo(new PlasmaRequest.Seal(A, DIGEST));
        assertThat(decode(MessageType.GET_REQUEST, "GET_REQUEST"))
                .isEqualTo(new PlasmaRequest.Get(List.of(A, B, C), 0));
        assertThat(decode(MessageType.CONTAINS_REQUEST, "ID_REQUEST"))
                .isEqualTo(new PlasmaRequest.Contains(A));
        assertThat(decode(MessageType.EVICT_REQUEST, "EVICT_REPLY"))
                .isEqualTo(new PlasmaRequest.Evict(9));
        assertThat(decode(MessageType.SUBSCRIBE_REQUEST, "EMPTY"))
                .isEqualTo(new PlasmaRequest.Subscribe());
        assertContent(
                decode(MessageType.CREATE_AND_SEAL_REQUEST, "CREATE_AND_SEAL_REQUEST"),
                new PlasmaRequest.CreateAndSeal(
                        new ObjectBytes(B, text("hello"), text("meta"), 0x6867666564636261L),
                        true));
    }

    @Test
    void whatIsWrittenIsRead() {
        List<PlasmaRequest> requests =
                List.of(
                        new PlasmaRequest.Connect(),
                        new PlasmaRequest.Create(A, false, 1L << 40, 7, 1),
                        new PlasmaRequest.Create(C, true, -1, 0, 0),
                        new PlasmaRequest.Abort(A),
                        new PlasmaRequest.Seal(B, -1),
                        new PlasmaRequest.Get(List.of(), -1),
                        new PlasmaRequest.Get(List.of(A, B, A), Long.MAX_VALUE),
                        new PlasmaRequest.Release(A),
                        new PlasmaRequest.Delete(List.of(C, B)),
                        new PlasmaRequest.Contains(C),
                        new PlasmaRequest.ListObjects(),
                        new PlasmaRequest.Evict(Long.MIN_VALUE),
                        new PlasmaRequest.Subscribe(),
                        new PlasmaRequest.SetOptions("a näme", 5),
                        new PlasmaRequest.GetDebugString(),
                        new PlasmaRequest.RefreshLru(List.of(A)));
        for (PlasmaRequest request : requests) {
            assertThat(roundTrip(request)).isEqualTo(request);
        }
    }

    @Test
    void contentsAreWrittenAndRead() {
        ObjectBytes one = new ObjectBytes(A, text("one"), text(""), 1);
        ObjectBytes two = new ObjectBytes(B, text(""), text("metadata"), 2);
        var single = new PlasmaRequest.CreateAndSeal(one, false);
        assertContent(roundTrip(single), single);
        var batch =
                (PlasmaRequest.CreateAndSealBatch)
                        roundTrip(new PlasmaRequest.CreateAndSealBatch(List.of(one, two), true));
        assertThat(batch.evictIfFull()).isTrue();
        assertThat(batch.contents()).hasSize(2);
        assertSame(batch.contents().get(0), one);
        assertSame(batch.contents().get(1), two);
    }

    @Test
    void idsAreNotText() {
        for (int value : new int[] {0, 0x80, 0xc3, 0xff}) {
            byte[] bytes = new byte[ObjectId.LENGTH];
            java.util.Arrays.fill(bytes, (byte) value);
            PlasmaRequest request = new PlasmaRequest.Contains(ObjectId.of(bytes));
            assertThat(roundTrip(request)).isEqualTo(request);
        }
    }

    @Test
    void replyIsNoRequest() {
        assertThatThrownBy(() -> decode(MessageType.SEAL_REPLY, "SEAL_REPLY"))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> decode(MessageType.DISCONNECT, "EMPTY"))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void tooManyIdsAreRefused() {
        try (FlatWriter writer = new FlatWriter(24)) {
            int table = writer.root(Shapes.ONE_VECTOR);
            int at =
                    writer.vector(
                            table + Shapes.ONE_VECTOR.offset(0),
                            FlatTable.ELEMENTS_MAX + 1,
                            TableShape.Field.REFERENCE);
            assertThat(at).isPositive();
            MemorySegment body = writer.finish().asSlice(24);
            assertThatThrownBy(() -> RequestDecoder.decode(MessageType.REFRESH_LRU_REQUEST, body))
                    .isInstanceOf(Invalid.class)
                    .hasMessageContaining("too many");
        }
    }

    private static void assertContent(PlasmaRequest request, PlasmaRequest.CreateAndSeal like) {
        var read = (PlasmaRequest.CreateAndSeal) request;
        assertThat(read.evictIfFull()).isEqualTo(like.evictIfFull());
        assertSame(read.content(), like.content());
    }

    private static void assertSame(ObjectBytes read, ObjectBytes like) {
        assertThat(read.id()).isEqualTo(like.id());
        assertThat(read.digest()).isEqualTo(like.digest());
        assertThat(read.data().mismatch(like.data())).isEqualTo(-1);
        assertThat(read.metadata().mismatch(like.metadata())).isEqualTo(-1);
    }

    private static MemorySegment text(String text) {
        return MemorySegment.ofArray(text.getBytes(UTF_8));
    }
}
