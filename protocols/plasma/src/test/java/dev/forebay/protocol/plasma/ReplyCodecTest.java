package dev.forebay.protocol.plasma;

import static dev.forebay.protocol.plasma.Golden.A;
import static dev.forebay.protocol.plasma.Golden.B;
import static dev.forebay.protocol.plasma.Golden.C;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.OptionalLong;

class ReplyCodecTest {
    private static final StoreFile FILE = new StoreFile(4, 100_007_936);
    private static final ObjectSpec SPEC = new ObjectSpec(4, 64, 100, 10);

    private static PlasmaReply decode(MessageType type, String name) {
        return ReplyDecoder.decode(type, Golden.segment(name));
    }

    @Test
    void recordedRepliesAreRead() {
        assertThat(decode(MessageType.CONNECT_REPLY, "CONNECT_REPLY"))
                .isEqualTo(new PlasmaReply.Connect(100_000_000));
        assertThat(decode(MessageType.CREATE_REPLY, "CREATE_REPLY"))
                .isEqualTo(new PlasmaReply.Create(A, PlasmaError.OK, SPEC, FILE));
        assertThat(decode(MessageType.CREATE_REPLY, "CREATE_REPLY_EXISTS"))
                .isEqualTo(PlasmaReply.Create.failed(A, PlasmaError.OBJECT_EXISTS));
        assertThat(decode(MessageType.SEAL_REPLY, "SEAL_REPLY"))
                .isEqualTo(new PlasmaReply.Seal(A, PlasmaError.OK));
        assertThat(decode(MessageType.GET_REPLY, "GET_REPLY"))
                .isEqualTo(
                        new PlasmaReply.Get(
                                List.of(A, B, C),
                                List.of(SPEC, ObjectSpec.ABSENT, ObjectSpec.ABSENT),
                                List.of(FILE)));
        assertThat(decode(MessageType.CONTAINS_REPLY, "CONTAINS_REPLY_YES"))
                .isEqualTo(new PlasmaReply.Contains(A, true));
        assertThat(decode(MessageType.CONTAINS_REPLY, "CONTAINS_REPLY_NO"))
                .isEqualTo(new PlasmaReply.Contains(C, false));
        assertThat(decode(MessageType.DELETE_REPLY, "DELETE_REPLY"))
                .isEqualTo(
                        new PlasmaReply.Delete(
                                List.of(A, B, C),
                                List.of(
                                        PlasmaError.OBJECT_IN_USE,
                                        PlasmaError.OBJECT_NOT_SEALED,
                                        PlasmaError.OBJECT_NOT_FOUND)));
        assertThat(decode(MessageType.EVICT_REPLY, "EVICT_REPLY"))
                .isEqualTo(new PlasmaReply.Evict(9));
    }

    @Test
    void recordedNotificationsAreRead() {
        assertThat(ReplyDecoder.notification(Golden.segment("NOTIFICATION_SEALED")))
                .isEqualTo(
                        new PlasmaNotification(
                                List.of(ObjectEntry.sealed(B, 5, 4, 0x6867666564636261L))));
        assertThat(ReplyDecoder.notification(Golden.segment("NOTIFICATION_GONE")))
                .isEqualTo(new PlasmaNotification(List.of(ObjectEntry.gone(B))));
    }

    @Test
    void whatIsWrittenIsRead() {
        ObjectEntry created = new ObjectEntry(A, 1, 2, 3, 4, -1, OptionalLong.empty(), false);
        List<PlasmaReply> replies =
                List.of(
                        new PlasmaReply.Connect(Long.MAX_VALUE),
                        new PlasmaReply.Create(B, PlasmaError.OK, SPEC, FILE),
                        PlasmaReply.Create.failed(B, PlasmaError.OUT_OF_MEMORY),
                        new PlasmaReply.CreateAndSeal(PlasmaError.OBJECT_EXISTS),
                        new PlasmaReply.CreateAndSealBatch(PlasmaError.OK),
                        new PlasmaReply.Abort(A),
                        new PlasmaReply.Seal(A, PlasmaError.OBJECT_NOT_FOUND),
                        new PlasmaReply.Get(List.of(), List.of(), List.of()),
                        new PlasmaReply.Get(
                                List.of(A, B, A),
                                List.of(SPEC, ObjectSpec.ABSENT, SPEC),
                                List.of(FILE, new StoreFile(5, 1))),
                        new PlasmaReply.Delete(List.of(A), List.of(PlasmaError.OK)),
                        new PlasmaReply.Contains(A, true),
                        new PlasmaReply.ListObjects(List.of()),
                        new PlasmaReply.ListObjects(
                                List.of(created, ObjectEntry.sealed(B, 5, 0, 0))),
                        new PlasmaReply.Evict(1),
                        new PlasmaReply.SetOptions(PlasmaError.OUT_OF_MEMORY),
                        new PlasmaReply.DebugString("allocated bytes: 1\n"),
                        new PlasmaReply.RefreshLru());
        for (PlasmaReply reply : replies) {
            assertThat(roundTrip(reply)).isEqualTo(reply);
        }
    }

    private static PlasmaReply roundTrip(PlasmaReply reply) {
        try (FlatWriter writer = new FlatWriter(24)) {
            MessageType type = ReplyEncoder.encode(reply, writer);
            byte[] body = writer.finish().asSlice(24).toArray(ValueLayout.JAVA_BYTE);
            return ReplyDecoder.decode(type, Golden.segment(body));
        }
    }

    @Test
    void writtenEntriesAlwaysHaveADigest() {
        try (FlatWriter writer = new FlatWriter(8)) {
            ReplyEncoder.entries(writer, List.of(ObjectEntry.gone(A)));
            MemorySegment body = writer.finish().asSlice(8);
            FlatTable entry = FlatTable.root(body).tables(0).getFirst();
            assertThat(entry.vector(6, 1).position()).isPositive();
        }
    }

    @Test
    void structsAreAligned() {
        try (FlatWriter writer = new FlatWriter(24)) {
            ReplyEncoder.encode(
                    new PlasmaReply.Get(List.of(A), List.of(SPEC), List.of(FILE)), writer);
            FlatTable table = FlatTable.root(writer.finish().asSlice(24));
            assertThat(table.vector(1, ObjectSpec.LENGTH).position() % 8).isZero();
            assertThat(table.vector(3, Long.BYTES).position() % 8).isZero();
        }
    }

    @Test
    void partsThatDifferInNumberAreRefused() {
        try (FlatWriter writer = new FlatWriter(24)) {
            int table = writer.root(Shapes.GET_REPLY);
            writer.putIds(table + Shapes.GET_REPLY.offset(0), List.of(A));
            MemorySegment body = writer.finish().asSlice(24);
            assertThatThrownBy(() -> ReplyDecoder.decode(MessageType.GET_REPLY, body))
                    .isInstanceOf(Invalid.class);
        }
    }
}
