package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.BlockId;
import dev.forebay.base.Clock;
import dev.forebay.base.Disk;
import dev.forebay.base.FilePath;
import dev.forebay.base.LocalDisk;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.files.CreateOptions;
import dev.forebay.files.DeleteOptions;
import dev.forebay.files.FileStatus;
import dev.forebay.files.FileWriter;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;
import dev.forebay.wire.HttpListener;

import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.BlockOpResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ClientOperationHeaderProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpReadBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Clients on the same machine read the files of blocks, and never other bytes than were there. */
class ShortCircuitTest {
    private static final Principal ROOT = Principal.node(RunningGateway.SUPERUSER);
    private static final FilePath FILE = FilePath.parse("/file");
    private static final int BLOCK = 1 << 20;
    private static final int LARGE = 2 * BLOCK + 12_345;
    private static final byte[] NO_CHECKSUMS = {0, 1, 0, 0, 0, 2, 0};

    @TempDir private Path folder;
    private RunningGateway running;
    private Path socket;

    @BeforeEach
    void start() {
        running = RunningGateway.in(folder);
        socket = running.gateway.domainSocket().orElseThrow();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private static byte[] bytes(long seed, int length) {
        return new Generator(seed).bytes(length);
    }

    private static CreateOptions options(Optional<WriteType> writeType) {
        return new CreateOptions(
                true,
                true,
                OptionalInt.empty(),
                writeType,
                Optional.empty(),
                OptionalLong.of(BLOCK),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    private List<FileStatus.Block> write(FilePath path, byte[] bytes) {
        try (FileWriter writer = running.engine.create(ROOT, path, options(Optional.empty()))) {
            writer.write(ByteBuffer.wrap(bytes));
        }
        return blocks(path);
    }

    private List<FileStatus.Block> append(FilePath path, byte[] bytes) {
        try (FileWriter writer = running.engine.append(ROOT, path, "test")) {
            writer.write(ByteBuffer.wrap(bytes));
        }
        return blocks(path);
    }

    private List<FileStatus.Block> blocks(FilePath path) {
        return running.engine.stat(ROOT, path, MetadataLoad.ONCE).blocks();
    }

    private byte[] whole(List<FileStatus.Block> blocks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (LocalClient client = new LocalClient(socket)) {
            for (FileStatus.Block block : blocks) {
                LocalClient.Answer answer = client.files(block.id());
                all.writeBytes(answer.read((int) block.length()));
                answer.data().close();
            }
        }
        return all.toByteArray();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Clock clock = Clock.system();
        long end = clock.nanos() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean() && clock.nanos() < end) {
            clock.sleep(Duration.ofMillis(10));
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void theFileOfABlockBeginsWithItsBytes() {
        byte[] bytes = bytes(1, LARGE);
        List<FileStatus.Block> blocks = write(FILE, bytes);
        assertThat(blocks).hasSize(3);
        assertThat(whole(blocks)).isEqualTo(bytes);
    }

    @Test
    void checksumsAreSaidToBeNoneToWhoReadsUpToTheEndOfTheFile() {
        List<FileStatus.Block> blocks = write(FILE, bytes(2, LARGE));
        try (LocalClient client = new LocalClient(socket)) {
            LocalClient.Answer answer =
                    client.files(
                            LocalClient.request(blocks.getFirst().id())
                                    .setSupportsReceiptVerification(true)
                                    .build());
            assertThat(answer.meta()).isEqualTo(ByteBuffer.wrap(NO_CHECKSUMS));
            answer.data().close();
        }
    }

    /** libhdfs3 acknowledges nothing, and opens no block without them. */
    @Test
    void clientsThatAcknowledgeNothingGetTheChecksumsOfTheBlock() {
        byte[] large = bytes(2, LARGE);
        byte[] small = bytes(20, 1_300);
        List<FileStatus.Block> blocks = new ArrayList<>(write(FILE, large));
        blocks.addAll(write(FilePath.parse("/small"), small));
        try (LocalClient client = new LocalClient(socket)) {
            for (FileStatus.Block block : blocks) {
                LocalClient.Answer answer =
                        client.files(LocalClient.request(block.id(), block.length()));
                byte[] bytes = answer.read((int) block.length());
                ByteBuffer expected =
                        ByteBuffer.allocate(7 + Chunks.count(bytes.length) * Chunks.SUM_LENGTH)
                                .put(new byte[] {0, 1, 2, 0, 0, 2, 0});
                new Chunks().append(ByteBuffer.wrap(bytes), expected);
                assertThat(answer.meta()).isEqualTo(expected.flip());
                assertThat(answer.body()).isZero();
                answer.data().close();
            }
        }
    }

    @Test
    void checksumsEndWithTheFileWhateverTheClientThinks() {
        BlockId block = write(FILE, bytes(21, 2_000)).getFirst().id();
        try (LocalClient client = new LocalClient(socket)) {
            LocalClient.Answer answer = client.files(LocalClient.request(block, Long.MAX_VALUE));
            assertThat(answer.meta().remaining()).isBetween(7 + 4 * 4, 200);
            answer.data().close();
        }
    }

    @Test
    void aClientThatAcknowledgesIsAskedTo() {
        BlockId block = write(FILE, bytes(3, LARGE)).getFirst().id();
        try (LocalClient client = new LocalClient(socket)) {
            var request = LocalClient.request(block).setSupportsReceiptVerification(true).build();
            for (int i = 0; i < 3; i++) {
                LocalClient.Answer answer = client.files(request);
                assertThat(answer.body()).isEqualTo((byte) 1);
                answer.data().close();
            }
        }
    }

    @Test
    void nobodyCanChangeABlockThroughItsFile() {
        List<FileStatus.Block> blocks = new ArrayList<>(write(FILE, bytes(4, LARGE)));
        blocks.addAll(write(FilePath.parse("/small"), bytes(4, 100)));
        try (LocalClient client = new LocalClient(socket)) {
            for (FileStatus.Block block : blocks) {
                LocalClient.Answer answer = client.files(block.id());
                assertThatThrownBy(() -> answer.data().map(1)).isInstanceOf(PermissionDenied.class);
                answer.data().close();
            }
        }
    }

    @Test
    void whatWasGivenStaysWhateverHappensToTheFile() {
        for (int length : new int[] {3_000, LARGE}) {
            byte[] first = bytes(length, length);
            List<FileStatus.Block> old = write(FILE, first);
            List<LocalClient.Answer> held = new ArrayList<>();
            try (LocalClient client = new LocalClient(socket)) {
                old.forEach(block -> held.add(client.files(block.id())));
                byte[] more = bytes(5, 500);
                byte[] longer = Arrays.copyOf(first, length + 500);
                System.arraycopy(more, 0, longer, length, 500);
                assertThat(whole(append(FILE, more))).isEqualTo(longer);
                running.engine.truncate(ROOT, FILE, 700);
                assertThat(whole(blocks(FILE))).isEqualTo(Arrays.copyOf(first, 700));
                byte[] other = bytes(6, 900);
                byte[] joined = Arrays.copyOf(first, 1_600);
                System.arraycopy(other, 0, joined, 700, 900);
                assertThat(whole(append(FILE, other))).isEqualTo(joined);
                running.engine.delete(ROOT, FILE, new DeleteOptions(false, false));
                for (int i = 0; i < held.size(); i++) {
                    FileStatus.Block block = old.get(i);
                    assertThat(held.get(i).read((int) block.length()))
                            .isEqualTo(
                                    Arrays.copyOfRange(
                                            first,
                                            (int) block.offset(),
                                            (int) (block.offset() + block.length())));
                    held.get(i).data().close();
                    client.refused(LocalClient.request(block.id()).build());
                }
            }
        }
    }

    /** Clients keep files under the id of the block alone. */
    @SeededTest
    void anIdNeverStandsForOtherBytes(long seed) {
        Generator random = new Generator(seed);
        Map<BlockId, byte[]> known = new HashMap<>();
        byte[] content = new byte[0];
        write(FILE, content);
        for (int step = 0; step < 12; step++) {
            if (random.between(0, 3) == 0) {
                int length = random.between(0, content.length);
                running.engine.truncate(ROOT, FILE, length);
                content = Arrays.copyOf(content, length);
            } else {
                byte[] more = random.bytes(random.length(6_000, 4_096));
                append(FILE, more);
                int end = content.length;
                content = Arrays.copyOf(content, end + more.length);
                System.arraycopy(more, 0, content, end, more.length);
            }
            for (FileStatus.Block block : blocks(FILE)) {
                int from = (int) block.offset();
                byte[] now = Arrays.copyOfRange(content, from, from + (int) block.length());
                byte[] before = known.putIfAbsent(block.id(), now);
                assertThat(before == null ? now : before).as("block " + block.id()).isEqualTo(now);
            }
            assertThat(whole(blocks(FILE))).isEqualTo(content);
        }
    }

    @Test
    void whatIsNoFileIsRefusedAndTheConnectionGoesOn() throws Exception {
        BlockId good = write(FILE, bytes(7, LARGE)).getFirst().id();
        FilePath memory = FilePath.parse("/memory");
        try (FileWriter writer =
                running.engine.create(ROOT, memory, options(Optional.of(WriteType.MUST_CACHE)))) {
            writer.write(ByteBuffer.wrap(bytes(8, 10_000)));
        }
        try (LocalClient client = new LocalClient(socket)) {
            try (FileWriter open = running.engine.append(ROOT, FILE, "writer")) {
                open.write(ByteBuffer.allocate(10));
                client.refused(LocalClient.request(good).build());
            }
            client.refused(LocalClient.request(blocks(memory).getFirst().id()).build());
            client.refused(LocalClient.request(new BlockId(1L << 50)).build());
            client.refused(LocalClient.request(good).setMaxVersion(0).build());
            client.files(good).data().close();
        }
    }

    @Test
    void aDamagedBlockIsNotGiven() throws IOException {
        BlockId block = write(FILE, bytes(9, LARGE)).getFirst().id();
        Path file;
        try (var all = Files.walk(folder)) {
            file = all.filter(path -> path.endsWith(block + ".block")).findFirst().orElseThrow();
        }
        try (Disk.File bytes = new LocalDisk().open(file, Disk.Mode.WRITE)) {
            bytes.write(700_000, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
        try (LocalClient client = new LocalClient(socket)) {
            assertThat(client.refused(LocalClient.request(block).build()).getMessage())
                    .contains("checksum");
        }
    }

    @Test
    void blocksAreAlsoReadThroughTheSocket() throws IOException {
        byte[] bytes = bytes(10, LARGE);
        FileStatus.Block last = write(FILE, bytes).getLast();
        try (LocalClient client = new LocalClient(socket)) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            DataOutputStream output = new DataOutputStream(request);
            output.writeShort(28);
            output.writeByte(81);
            OpReadBlockProto.newBuilder()
                    .setHeader(
                            ClientOperationHeaderProto.newBuilder()
                                    .setBaseHeader(LocalClient.request(last.id()).getHeader())
                                    .setClientName("test"))
                    .setOffset(0)
                    .setLen(last.length())
                    .build()
                    .writeDelimitedTo(output);
            client.send(request.toByteArray());
            assertThat(client.receive(BlockOpResponseProto.parser()).getStatus())
                    .isEqualTo(Status.SUCCESS);
            assertThat(WireBlock.packets(new DataInputStream(client.input()), 0))
                    .isEqualTo(Arrays.copyOfRange(bytes, (int) last.offset(), LARGE));
        }
    }

    @Test
    void aSlotIsInvalidWhenItsBlockIsGone() throws Exception {
        BlockId kept = write(FilePath.parse("/kept"), bytes(11, LARGE)).getFirst().id();
        BlockId gone = write(FILE, bytes(12, LARGE)).getFirst().id();
        try (LocalClient memory = new LocalClient(socket);
                LocalClient client = new LocalClient(socket)) {
            LocalClient.Shared shared = memory.share();
            shared.mark(0);
            shared.mark(127);
            take(client, kept, shared, 0);
            take(client, gone, shared, 127);
            running.engine.delete(ROOT, FILE, new DeleteOptions(false, false));
            await(() -> !shared.valid(127));
            assertThat(shared.valid(0)).isTrue();
            assertThat(client.release(shared.slot(127)).getStatus()).isEqualTo(Status.SUCCESS);
            assertThat(client.release(shared.slot(127)).getStatus())
                    .isEqualTo(Status.ERROR_INVALID);
        }
    }

    private static void take(
            LocalClient client, BlockId block, LocalClient.Shared shared, int slot) {
        client.files(
                        LocalClient.request(block)
                                .setSlotId(shared.slot(slot))
                                .setSupportsReceiptVerification(true)
                                .build())
                .data()
                .close();
    }

    @Test
    void slotsThatCannotBeTakenAreRefused() {
        BlockId block = write(FILE, bytes(13, LARGE)).getFirst().id();
        try (LocalClient memory = new LocalClient(socket);
                LocalClient client = new LocalClient(socket)) {
            LocalClient.Shared shared = memory.share();
            for (int wrong : new int[] {-1, 128, Integer.MAX_VALUE, 5}) {
                client.refused(LocalClient.request(block).setSlotId(shared.slot(wrong)).build());
            }
            shared.mark(5);
            take(client, block, shared, 5);
            client.refused(LocalClient.request(block).setSlotId(shared.slot(5)).build());
            // a refusal leaves the slot free
            shared.mark(6);
            client.refused(
                    LocalClient.request(new BlockId(1L << 50)).setSlotId(shared.slot(6)).build());
            take(client, block, shared, 6);
        }
    }

    @Test
    void aClientThatIsGoneLeavesNothing() throws Exception {
        BlockId block = write(FILE, bytes(14, LARGE)).getFirst().id();
        try (LocalClient client = new LocalClient(socket)) {
            LocalClient.Shared shared;
            try (LocalClient memory = new LocalClient(socket)) {
                shared = memory.share();
                shared.mark(1);
                shared.mark(2);
                take(client, block, shared, 1);
            }
            await(() -> !shared.valid(1));
            client.refused(LocalClient.request(block).setSlotId(shared.slot(2)).build());
        }
        await(() -> running.gateway.connections() == 0);
    }

    @Test
    void aClientThatTakesNoFilesFreesItsSlot() throws Exception {
        BlockId block = write(FILE, bytes(15, LARGE)).getFirst().id();
        try (LocalClient memory = new LocalClient(socket);
                LocalClient client = new LocalClient(socket)) {
            LocalClient.Shared shared = memory.share();
            shared.mark(1);
            try (LocalClient dying = new LocalClient(socket)) {
                assertThat(
                                dying.ask(
                                                LocalClient.request(block)
                                                        .setSlotId(shared.slot(1))
                                                        .setSupportsReceiptVerification(true)
                                                        .build())
                                        .getStatus())
                        .isEqualTo(Status.SUCCESS);
            }
            await(() -> running.gateway.connections() == 2);
            take(client, block, shared, 1);
        }
    }

    @Test
    void manyClientsAtOnceReadTheSame() throws Exception {
        byte[] bytes = bytes(16, LARGE);
        List<FileStatus.Block> blocks = write(FILE, bytes);
        List<CompletableFuture<byte[]>> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(CompletableFuture.supplyAsync(() -> whole(blocks)));
        }
        for (CompletableFuture<byte[]> client : clients) {
            assertThat(client.get()).isEqualTo(bytes);
        }
    }

    @SeededTest
    void nonsenseEndsItsOwnConnectionOnly(long seed) {
        Generator random = new Generator(seed);
        BlockId block = write(FILE, bytes(seed, LARGE)).getFirst().id();
        for (int i = 0; i < 10; i++) {
            try (LocalClient hostile = new LocalClient(socket)) {
                byte[] nonsense = random.bytes(random.length(3_000, 100) + 4);
                if (random.between(0, 1) == 0) {
                    nonsense[0] = 0;
                    nonsense[1] = 28;
                    nonsense[2] = (byte) random.between(80, 90);
                }
                hostile.send(nonsense);
            } catch (Closed e) {
                // it was closed while it still sent
                assertThat(e).isNotNull();
            }
        }
        try (LocalClient client = new LocalClient(socket)) {
            client.files(block).data().close();
        }
    }

    @Test
    void theSocketIsForItsOwnerAndGoesWithTheGateway() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        assertThat(socket.getFileName().toString()).isEqualTo("dn." + running.gateway.dataPort());
        running.close();
        assertThat(socket).doesNotExist();
        running = RunningGateway.in(folder.resolve("again"));
    }

    @Test
    void aSocketThatCannotBeHadStopsOnlyThoseWhoAskedForIt() {
        Path tooLong = folder.resolve("x".repeat(120));
        var parts =
                new HdfsGateway.Parts(
                        running.engine,
                        running.tokens,
                        Clock.system(),
                        running.outcomes::add,
                        running.audit::add);
        HdfsConfig base = HdfsConfig.of(Principal::node);
        for (boolean required : new boolean[] {true, false}) {
            HdfsConfig config =
                    new HdfsConfig(
                            new HttpListener.Address("127.0.0.1", 0, ""),
                            new HttpListener.Address("127.0.0.1", 0, ""),
                            Optional.empty(),
                            Optional.of(new DomainSocket(tooLong, 0600, required)),
                            base.identity(),
                            false,
                            Protection.AUTHENTICATION,
                            base.blockSize(),
                            10);
            if (required) {
                assertThatThrownBy(() -> new HdfsGateway(config, parts))
                        .isInstanceOf(Invalid.class);
            } else {
                try (HdfsGateway gateway = new HdfsGateway(config, parts)) {
                    gateway.start();
                    assertThat(gateway.domainSocket()).isEmpty();
                }
            }
        }
    }
}
