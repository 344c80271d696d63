import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Load on an Alluxio REST server: the same bytes on the wire for any server. Usage: {@code java Load.java NAME HOST PORT
 * [SECONDS] [GIBIBYTE_BYTES]}. Prints one line per measurement: server, operation, clients, operations per second, p50 and p99
 * in microseconds; for transfers the rate in MB/s.
 */
final class Load {
    private static final String ROOT = "/bench" + System.nanoTime();
    private final String name;
    private final String host;
    private final int port;
    private final long seconds;

    private Load(String name, String host, int port, long seconds) {
        this.name = name;
        this.host = host;
        this.port = port;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        long seconds = args.length > 3 ? Long.parseLong(args[3]) : 5;
        long bytes = args.length > 4 ? Long.parseLong(args[4]) : 1L << 30;
        new Load(args[0], args[1], Integer.parseInt(args[2]), seconds).run(bytes);
    }

    private interface Operation {
        void run(Connection connection, int number) throws IOException;
    }

    private void run(long bytes) throws Exception {
        try (Connection setup = new Connection(host, port)) {
            setup.path(ROOT, "create-directory", "{}");
            setup.path(ROOT + "/thousand", "create-directory", "{}");
            for (int i = 0; i < 1000; i++) {
                setup.path(ROOT + "/thousand/" + i, "create-directory", "{}");
            }
            setup.put(ROOT + "/file", new byte[4096], "CACHE_THROUGH");
        }
        for (int clients : new int[] {1, 8, 32}) {
            String tag = ROOT + "/c" + clients;
            try (Connection setup = new Connection(host, port)) {
                setup.path(tag, "create-directory", "{}");
                setup.path(tag + "/m", "create-directory", "{}");
            }
            byte[] small = new byte[4096];
            measure("stat", clients, (c, _) -> c.path(ROOT + "/file", "get-status", ""));
            measure("exists", clients, (c, _) -> c.path(ROOT + "/file", "exists", ""));
            measure("list 1000", clients, (c, _) -> c.path(ROOT + "/thousand", "list-status", "{}"));
            measure("mkdir", clients, (c, n) -> c.path(tag + "/m/" + n, "create-directory", "{}"));
            int made = measure("create 4K", clients, (c, n) -> c.put(tag + "/" + n, small, "CACHE_THROUGH"));
            AtomicInteger left = new AtomicInteger(made);
            measureUntil("delete", clients, made, (c, _) -> c.path(tag + "/" + left.decrementAndGet(), "delete", "{}"));
        }
        for (String type : List.of("MUST_CACHE", "CACHE_THROUGH")) {
            for (int round = 0; round < 3; round++) {
                transfer(type, bytes);
            }
        }
    }

    private int measure(String operation, int clients, Operation work) throws Exception {
        return measureUntil(operation, clients, Integer.MAX_VALUE, work);
    }

    private int measureUntil(String operation, int clients, int countMax, Operation work) throws Exception {
        AtomicInteger next = new AtomicInteger();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<long[]> samples = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(clients);
        List<Throwable> failures = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            Thread.ofPlatform().start(() -> {
                long[] mine = new long[1 << 20];
                int count = 0;
                try (Connection connection = new Connection(host, port)) {
                    while (System.nanoTime() < end && count < mine.length) {
                        int number = next.getAndIncrement();
                        if (number >= countMax) {
                            break;
                        }
                        long from = System.nanoTime();
                        work.run(connection, number);
                        mine[count++] = System.nanoTime() - from;
                    }
                } catch (IOException | RuntimeException e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
                synchronized (samples) {
                    samples.add(Arrays.copyOf(mine, count));
                }
                done.countDown();
            });
        }
        done.await();
        double elapsed = (System.nanoTime() - begin) / 1e9;
        if (!failures.isEmpty()) {
            throw new IOException(operation + " failed", failures.getFirst());
        }
        long[] all = samples.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(Locale.ROOT, "%s\t%s\t%d\t%.0f\t%d\t%d%n", name, operation, clients, all.length / elapsed,
                all[all.length / 2] / 1000, all[(int) (all.length * 0.99)] / 1000);
        return all.length;
    }

    private void transfer(String type, long bytes) throws IOException {
        String path = ROOT + "/big";
        try (Connection connection = new Connection(host, port)) {
            long from = System.nanoTime();
            connection.putLarge(path, bytes, type);
            rate("write " + type, bytes, System.nanoTime() - from);
            from = System.nanoTime();
            connection.getLarge(path, bytes);
            rate("read " + type, bytes, System.nanoTime() - from);
            connection.path(path, "delete", "{}");
        }
    }

    private void rate(String operation, long bytes, long nanos) {
        System.out.printf(Locale.ROOT, "%s\t%s\t1\t%.0f MB/s%n", name, operation, bytes / 1e6 / (nanos / 1e9));
    }

    /** One keep-alive connection. */
    private static final class Connection implements AutoCloseable {
        private static final byte[] PIECE = new byte[256 << 10];
        private final Socket socket;
        private final OutputStream out;
        private final InputStream in;

        Connection(String host, int port) throws IOException {
            socket = new Socket(host, port);
            socket.setTcpNoDelay(true);
            out = socket.getOutputStream();
            in = new BufferedInputStream(socket.getInputStream(), 256 << 10);
        }

        String path(String path, String action, String body) throws IOException {
            return post("/api/v1/paths/" + path + "/" + action, body.getBytes(StandardCharsets.UTF_8), "application/json");
        }

        void put(String path, byte[] bytes, String type) throws IOException {
            String id = path(path, "create-file", "{\"writeType\":\"" + type + "\"}");
            post("/api/v1/streams/" + id + "/write", bytes, "application/octet-stream");
            post("/api/v1/streams/" + id + "/close", new byte[0], "");
        }

        void putLarge(String path, long bytes, String type) throws IOException {
            String id = path(path, "create-file", "{\"writeType\":\"" + type + "\"}");
            out.write(head("/api/v1/streams/" + id + "/write", bytes, "application/octet-stream"));
            for (long sent = 0; sent < bytes; sent += PIECE.length) {
                out.write(PIECE, 0, (int) Math.min(PIECE.length, bytes - sent));
            }
            answer();
            post("/api/v1/streams/" + id + "/close", new byte[0], "");
        }

        void getLarge(String path, long bytes) throws IOException {
            String id = path(path, "open-file", "{}");
            out.write(head("/api/v1/streams/" + id + "/read", 0, ""));
            String status = line();
            long length = -1;
            boolean chunked = false;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String lower = header.toLowerCase(Locale.ROOT);
                length = lower.startsWith("content-length:") ? Long.parseLong(lower.substring(15).strip()) : length;
                chunked |= lower.startsWith("transfer-encoding:");
            }
            long got = chunked ? chunks(null) : skip(length);
            if (!status.contains(" 200") || got != bytes) {
                throw new IOException(status + ", " + got + " bytes");
            }
            post("/api/v1/streams/" + id + "/close", new byte[0], "");
        }

        private long skip(long length) throws IOException {
            byte[] buffer = new byte[256 << 10];
            long left = length;
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new IOException("ended early");
                }
                left -= count;
            }
            return length;
        }

        private long chunks(ByteArrayOutputStream target) throws IOException {
            long total = 0;
            for (int length = Integer.parseInt(line(), 16); length > 0; length = Integer.parseInt(line(), 16)) {
                if (target == null) {
                    skip(length);
                } else {
                    target.write(in.readNBytes(length));
                }
                total += length;
                line();
            }
            line();
            return total;
        }

        private static byte[] head(String target, long length, String type) {
            String contentType = type.isEmpty() || length == 0 ? "" : "Content-Type: " + type + "\r\n";
            return ("POST " + target + " HTTP/1.1\r\nHost: localhost\r\n" + contentType + "Content-Length: " + length
                            + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        }

        private String post(String target, byte[] body, String type) throws IOException {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(head(target, body.length, type));
            request.writeBytes(body);
            out.write(request.toByteArray());
            return answer();
        }

        private String answer() throws IOException {
            String status = line();
            int length = 0;
            boolean chunked = false;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String lower = header.toLowerCase(Locale.ROOT);
                length = lower.startsWith("content-length:") ? Integer.parseInt(lower.substring(15).strip()) : length;
                chunked |= lower.startsWith("transfer-encoding:");
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            if (chunked) {
                chunks(body);
            } else {
                body.write(in.readNBytes(length));
            }
            if (!status.contains(" 200")) {
                throw new IOException(status + " " + body);
            }
            return body.toString(StandardCharsets.UTF_8);
        }

        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("connection closed");
                }
                if (b != '\r') {
                    line.write(b);
                }
            }
            return line.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
