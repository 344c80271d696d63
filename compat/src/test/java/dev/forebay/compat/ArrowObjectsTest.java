package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.ObjectId;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectClient.ObjectContent;
import dev.forebay.client.ObjectsException.InvalidArgument;
import dev.forebay.client.ObjectsException.ObjectExists;
import dev.forebay.client.arrow.ArrowObjects;
import dev.forebay.node.NodeConfig;
import dev.forebay.node.NodeServer;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Record batches between Java and Python, through objects of a node. */
// opened before each test, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class ArrowObjectsTest {
    private static final ObjectId ID = ObjectId.parse("ab".repeat(ObjectId.LENGTH));
    private static final int ROWS = 50_000;

    private static final String READ =
            """
            import sys, pyarrow, pyarrow.plasma as plasma
            store = plasma.connect(sys.argv[1])
            buffer = store.get_buffers([plasma.ObjectID(bytes.fromhex(sys.argv[2]))])[0]
            table = pyarrow.ipc.open_stream(buffer).read_all()
            table.validate(full=True)
            assert table.schema.names == ['number', 'name'], table.schema
            assert pyarrow.total_allocated_bytes() < 1000, 'copied'
            numbers = table.column('number').to_pylist()
            print(table.num_rows, sum(numbers), table.column('name')[-1].as_py())
            """;

    private static final String WRITE =
            """
            import sys, pyarrow, pyarrow.plasma as plasma
            store = plasma.connect(sys.argv[1])
            columns = [pyarrow.array([1, None, 3]), pyarrow.array(['a', 'b', None])]
            batch = pyarrow.record_batch(columns, names=['number', 'name'])
            sink = pyarrow.BufferOutputStream()
            with pyarrow.ipc.new_stream(sink, batch.schema) as writer:
                writer.write_batch(batch)
                writer.write_batch(batch)
            store.put_raw_buffer(sink.getvalue(), plasma.ObjectID(bytes.fromhex(sys.argv[2])))
            """;

    @TempDir private Path folder;
    private NodeServer node;
    private ObjectClient objects;
    private BufferAllocator allocator;
    private ArrowObjects arrow;

    @BeforeEach
    void start() {
        node =
                NodeServer.start(
                        NodeConfig.at(folder.resolve("data"))
                                .with("arena.capacity", "64MB")
                                .withFreePorts());
        objects = ObjectClient.connect(socket());
        allocator = new RootAllocator();
        arrow = new ArrowObjects(objects, allocator);
    }

    @AfterEach
    void stop() {
        allocator.close();
        objects.close();
        node.close();
    }

    private Path socket() {
        return folder.resolve("data/plasma");
    }

    private String python(String program) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                PlasmaClient.install().python().toString(),
                                "-W",
                                "ignore",
                                "-c",
                                program,
                                socket().toString(),
                                ID.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    private VectorSchemaRoot batch(int from, int rows) {
        BigIntVector numbers = new BigIntVector("number", allocator);
        VarCharVector names = new VarCharVector("name", allocator);
        numbers.allocateNew(rows);
        names.allocateNew();
        for (int row = 0; row < rows; row++) {
            numbers.set(row, from + row);
            names.setSafe(row, ("name " + (from + row)).getBytes(StandardCharsets.UTF_8));
        }
        VectorSchemaRoot root = VectorSchemaRoot.of(numbers, names);
        root.setRowCount(rows);
        return root;
    }

    @Test
    void pythonReadsWhatJavaStored() throws IOException, InterruptedException {
        try (VectorSchemaRoot first = batch(0, ROWS);
                VectorSchemaRoot second = batch(ROWS, ROWS)) {
            arrow.put(ID, List.of(first, second));
        }
        long count = 2L * ROWS;
        assertThat(python(READ))
                .isEqualTo(count + " " + count * (count - 1) / 2 + " name " + (count - 1));
    }

    @Test
    void javaReadsWhatPythonStored() throws IOException, InterruptedException {
        python(WRITE);
        try (ArrowReader reader = arrow.get(ID, Duration.ZERO).orElseThrow()) {
            for (int batch = 0; batch < 2; batch++) {
                assertThat(reader.loadNextBatch()).isTrue();
                VectorSchemaRoot root = reader.getVectorSchemaRoot();
                assertThat(root.getRowCount()).isEqualTo(3);
                assertThat(root.getVector("number").getObject(2)).isEqualTo(3L);
                assertThat(root.getVector("number").getObject(1)).isNull();
                assertThat(root.getVector("name").getObject(0)).hasToString("a");
            }
            assertThat(reader.loadNextBatch()).isFalse();
            assertThat(objects.list().getFirst().references()).isEqualTo(1);
        }
    }

    @Test
    void batchesOfNoRowsAndOneSchemaOnly() throws IOException {
        try (VectorSchemaRoot empty = batch(0, 0);
                VectorSchemaRoot other = VectorSchemaRoot.of(new BigIntVector("x", allocator))) {
            arrow.put(ID, empty);
            assertThatThrownBy(() -> arrow.put(ID, empty)).isInstanceOf(ObjectExists.class);
            assertThatThrownBy(() -> arrow.put(ID, List.of())).isInstanceOf(InvalidArgument.class);
            assertThatThrownBy(() -> arrow.put(ID, List.of(empty, other)))
                    .isInstanceOf(InvalidArgument.class);
        }
        try (ArrowReader reader = arrow.get(ID, Duration.ZERO).orElseThrow()) {
            assertThat(reader.loadNextBatch()).isTrue();
            assertThat(reader.getVectorSchemaRoot().getRowCount()).isZero();
        }
    }

    @Test
    void whatIsNoStreamIsRefused() {
        assertThat(arrow.get(ID, Duration.ofMillis(1))).isEmpty();
        for (String text : List.of("", "short", "no stream at all", "\0\0\0\0\0\0\0\0")) {
            objects.createAndSeal(ObjectContent.of(ID, text.getBytes(StandardCharsets.UTF_8)));
            assertThatThrownBy(() -> arrow.get(ID, Duration.ZERO))
                    .isInstanceOf(InvalidArgument.class);
            assertThat(objects.list().getFirst().references()).isZero();
            objects.delete(ID);
        }
    }
}
