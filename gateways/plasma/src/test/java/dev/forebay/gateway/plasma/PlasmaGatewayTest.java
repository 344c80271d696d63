package dev.forebay.gateway.plasma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forebay.base.ObjectId;
import dev.forebay.base.error.Unavailable;
import dev.forebay.gateway.plasma.RunningGateway.Client;
import dev.forebay.protocol.plasma.ObjectBytes;
import dev.forebay.protocol.plasma.ObjectSpec;
import dev.forebay.protocol.plasma.PlasmaError;
import dev.forebay.protocol.plasma.PlasmaReply;
import dev.forebay.protocol.plasma.PlasmaRequest;
import dev.forebay.protocol.plasma.StoreFile;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

class PlasmaGatewayTest {
    private static final ObjectId A = new ObjectId(1, 2, 3);
    private static final ObjectId B = new ObjectId(-1, -2, -3);
    private static final ObjectId C = new ObjectId(0, 0, 0);

    @TempDir private Path folder = Path.of("target");
    private RunningGateway running;
    private Client client;

    @BeforeEach
    void open() {
        running = RunningGateway.in(folder);
        client = running.connect();
    }

    @AfterEach
    void close() {
        client.close();
        running.close();
    }

    private static ObjectBytes content(ObjectId id, String text) {
        MemorySegment data = MemorySegment.ofArray(text.getBytes(UTF_8));
        return new ObjectBytes(id, data, MemorySegment.ofArray(new byte[0]), 7);
    }

    private void store(ObjectId id, String text) {
        assertThat(client.ask(new PlasmaRequest.CreateAndSeal(content(id, text), true)))
                .isEqualTo(new PlasmaReply.CreateAndSeal(PlasmaError.OK));
    }

    @Test
    void capacityIsTold() {
        assertThat(client.ask(new PlasmaRequest.Connect()))
                .isEqualTo(new PlasmaReply.Connect(RunningGateway.CAPACITY));
    }

    @Test
    void objectGoesFromOneClientToAnother() {
        PlasmaReply.Create created = client.create(A, 100, 10);
        assertThat(created.error()).isEqualTo(PlasmaError.OK);
        assertThat(created.spec().offset() % 64).isZero();
        MemorySegment mine = client.map(created.file().length());
        mine.asSlice(created.spec().offset(), 110).fill((byte) 9);
        assertThat(client.ask(new PlasmaRequest.Seal(A, 5)))
                .isEqualTo(new PlasmaReply.Seal(A, PlasmaError.OK));
        try (Client other = running.connect()) {
            PlasmaReply.Get got = other.get(0, A, B);
            assertThat(got.ids()).containsExactly(A, B);
            assertThat(got.specs()).containsExactly(created.spec(), ObjectSpec.ABSENT);
            assertThat(got.files()).containsExactly(created.file());
            MemorySegment theirs = other.map(created.file().length());
            MemorySegment data = theirs.asSlice(created.spec().offset(), 110);
            assertThat(data.mismatch(mine.asSlice(created.spec().offset(), 110))).isEqualTo(-1);
        }
    }

    @Test
    void descriptorIsSentOncePerConnection() {
        StoreFile file = client.create(A, 1, 0).file();
        assertThat(client.map(file.length()).byteSize()).isEqualTo(file.length());
        assertThat(client.create(B, 1, 0).file()).isEqualTo(file);
        client.ask(new PlasmaRequest.Seal(A, 0));
        assertThat(client.get(0, A).files()).containsExactly(file);
        assertThat(client.contains(A)).isTrue();
    }

    @Test
    void errorsHaveNoDescriptor() {
        PlasmaReply.Create tooLarge = client.create(A, RunningGateway.CAPACITY, 1);
        assertThat(tooLarge).isEqualTo(PlasmaReply.Create.failed(A, PlasmaError.OUT_OF_MEMORY));
        assertThat(client.create(A, -1, 0).error()).isEqualTo(PlasmaError.OUT_OF_MEMORY);
        assertThat(client.create(A, Long.MAX_VALUE, Long.MAX_VALUE).error())
                .isEqualTo(PlasmaError.OUT_OF_MEMORY);
        assertThat(client.ask(new PlasmaRequest.Create(A, true, 1, 0, 1)))
                .isEqualTo(PlasmaReply.Create.failed(A, PlasmaError.OUT_OF_MEMORY));
        assertThat(client.get(0, A).files()).isEmpty();
        store(A, "a");
        assertThat(client.create(A, 1, 0).error()).isEqualTo(PlasmaError.OBJECT_EXISTS);
        assertThat(client.ask(new PlasmaRequest.Seal(B, 0)))
                .isEqualTo(new PlasmaReply.Seal(B, PlasmaError.OBJECT_NOT_FOUND));
        assertThat(client.contains(B)).isFalse();
    }

    @Test
    void abortDropsOnlyItsOwnUnsealed() {
        client.map(client.create(A, 1, 0).file().length());
        try (Client other = running.connect()) {
            assertThat(other.ask(new PlasmaRequest.Abort(A))).isEqualTo(new PlasmaReply.Abort(A));
            assertThat(running.engine.find(A)).isPresent();
        }
        client.ask(new PlasmaRequest.Abort(A));
        assertThat(running.engine.find(A)).isEmpty();
        client.ask(new PlasmaRequest.Abort(B));
    }

    @Test
    void batchIsStoredWholeOrNotAtAll() {
        store(B, "there");
        var clash =
                new PlasmaRequest.CreateAndSealBatch(
                        List.of(content(A, "a"), content(B, "b")), true);
        assertThat(client.ask(clash))
                .isEqualTo(new PlasmaReply.CreateAndSealBatch(PlasmaError.OBJECT_EXISTS));
        assertThat(client.contains(A)).isFalse();
        var batch =
                new PlasmaRequest.CreateAndSealBatch(
                        List.of(content(A, "a"), content(C, "c")), true);
        assertThat(client.ask(batch)).isEqualTo(new PlasmaReply.CreateAndSealBatch(PlasmaError.OK));
        assertThat(client.contains(A) && client.contains(C)).isTrue();
    }

    @Test
    void refreshChangesTheOrderOfEviction() {
        store(A, "first");
        store(B, "second");
        assertThat(client.ask(new PlasmaRequest.RefreshLru(List.of(A, C))))
                .isEqualTo(new PlasmaReply.RefreshLru());
        assertThat(client.ask(new PlasmaRequest.Evict(1))).isEqualTo(new PlasmaReply.Evict(6));
        assertThat(client.contains(A)).isTrue();
        assertThat(client.ask(new PlasmaRequest.Evict(-1))).isEqualTo(new PlasmaReply.Evict(5));
    }

    @Test
    void deleteAnswersForEachObject() {
        store(A, "a");
        client.map(client.create(B, 1, 0).file().length());
        assertThat(client.ask(new PlasmaRequest.Delete(List.of(A, B, C))))
                .isEqualTo(
                        new PlasmaReply.Delete(
                                List.of(A, B, C),
                                List.of(
                                        PlasmaError.OK,
                                        PlasmaError.OBJECT_NOT_SEALED,
                                        PlasmaError.OBJECT_NOT_FOUND)));
    }

    @Test
    void releaseOfWhatIsNotHeldIsIgnored() {
        client.send(new PlasmaRequest.Release(A));
        store(A, "a");
        client.send(new PlasmaRequest.Release(A));
        client.send(new PlasmaRequest.Release(A));
        assertThat(client.contains(A)).isTrue();
    }

    @Test
    void optionsReserveOnce() {
        long quota = RunningGateway.CAPACITY / 10;
        assertThat(client.ask(new PlasmaRequest.SetOptions("me", quota)))
                .isEqualTo(new PlasmaReply.SetOptions(PlasmaError.OK));
        assertThat(client.ask(new PlasmaRequest.SetOptions("me", quota)))
                .isEqualTo(new PlasmaReply.SetOptions(PlasmaError.OUT_OF_MEMORY));
        assertThat(client.create(A, quota + 1, 0).error()).isEqualTo(PlasmaError.OUT_OF_MEMORY);
    }

    @Test
    void debugStringNamesTheBytes() {
        store(A, "12345");
        var text = (PlasmaReply.DebugString) client.ask(new PlasmaRequest.GetDebugString());
        assertThat(text.text()).contains("allocated bytes: 5\n", "allocation limit: 10000000\n");
    }

    @Test
    void getWaitsForASealAndForTime() throws Exception {
        client.send(new PlasmaRequest.Get(List.of(A, B, A), -1));
        try (Client other = running.connect()) {
            other.ask(new PlasmaRequest.CreateAndSeal(content(A, "a"), true));
            other.ask(new PlasmaRequest.CreateAndSeal(content(B, "b"), true));
        }
        PlasmaReply.Get got = (PlasmaReply.Get) client.receive();
        assertThat(got.specs()).allMatch(ObjectSpec::present);
        client.map(got.files().getFirst().length());
        assertThat(client.get(1, C).specs()).containsExactly(ObjectSpec.ABSENT);
        assertThat(client.get(20, C, A).specs().getLast().present()).isTrue();
        assertThat(client.get(Long.MAX_VALUE, A).specs().getFirst().present()).isTrue();
    }

    @Test
    void clientThatLeavesWhileItWaitsIsForgotten() {
        try (Client waiting = running.connect()) {
            waiting.send(new PlasmaRequest.Get(List.of(A), -1));
            RunningGateway.eventually(() -> running.engine.statistics().sessions() == 2);
        }
        RunningGateway.eventually(() -> running.engine.statistics().sessions() == 1);
        RunningGateway.eventually(() -> running.gateway.connections() == 1);
    }

    @Test
    void endOfAConnectionLeavesNothing() {
        store(B, "b");
        try (Client leaving = running.connect()) {
            leaving.create(A, 1, 0);
            leaving.map(1);
            leaving.get(0, B);
            assertThat(running.engine.find(B).orElseThrow().references()).isEqualTo(1);
        }
        RunningGateway.eventually(() -> running.engine.find(A).isEmpty());
        RunningGateway.eventually(() -> running.engine.find(B).orElseThrow().references() == 0);
    }

    @Test
    void connectionsBeyondTheLimitAreClosed() {
        Path socket = folder.resolve("limited");
        var limits = new PlasmaConfig(socket, 0600, 2, PlasmaConfig.Backlog.DEFAULT, false);
        try (RunningGateway small = new RunningGateway(limits);
                Client first = small.connect();
                Client second = small.connect();
                Client third = small.connect()) {
            assertThat(third.closedByGateway()).isTrue();
            assertThat(first.contains(A) || second.contains(A)).isFalse();
            RunningGateway.eventually(
                    () ->
                            small.outcomes.stream()
                                    .anyMatch(o -> o.status().equals("TOO_MANY_CONNECTIONS")));
        }
    }

    @Test
    void closeEndsWaitingClients() {
        client.send(new PlasmaRequest.Get(List.of(A), -1));
        RunningGateway.eventually(() -> running.engine.statistics().sessions() == 1);
        running.gateway.close();
        assertThat(client.closedByGateway()).isTrue();
        assertThat(folder.resolve("s")).doesNotExist();
        assertThat(running.gateway.connections()).isZero();
    }

    @Test
    void socketInUseIsNamedWithItsSetting() {
        assertThatThrownBy(() -> RunningGateway.in(folder))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("plasma.socket");
    }

    @Test
    void requestsAreCountedAndChangesAudited() {
        store(A, "a");
        client.contains(A);
        client.create(A, 1, 0);
        client.contains(A);
        RunningGateway.eventually(() -> running.outcomes.size() >= 3);
        assertThat(running.outcomes.getFirst().operation()).isEqualTo("create-and-seal");
        assertThat(running.outcomes.getFirst().traffic().received()).isGreaterThan(24);
        assertThat(running.outcomes.getFirst().traffic().sent()).isGreaterThan(24);
        assertThat(running.outcomes.get(2).status()).isEqualTo("OBJECT_EXISTS");
        RunningGateway.eventually(() -> running.audited.size() == 2);
        var entry = running.audited.getFirst();
        assertThat(entry.caller().user()).isEqualTo(System.getProperty("user.name"));
        assertThat(entry.caller().authentication()).isEqualTo("peer");
        assertThat(entry.operation().path()).isEqualTo(A.toString());
    }
}
