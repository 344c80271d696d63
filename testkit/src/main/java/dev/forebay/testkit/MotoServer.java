package dev.forebay.testkit;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server that speaks S3, in a process of its own: moto, pinned. It takes any credentials and
 * keeps everything in its memory. It ends with the process that started it, even when that is
 * killed. Starting takes about two seconds: start one for a test class.
 */
public final class MotoServer implements AutoCloseable {
    private static final String PROGRAM =
            """
            import logging, sys
            from moto.server import ThreadedMotoServer
            logging.getLogger('werkzeug').setLevel(logging.ERROR)
            server = ThreadedMotoServer('127.0.0.1', 0, verbose=False)
            server.start()
            print('listening', server.get_host_and_port()[1], flush=True)
            sys.stdin.read()
            """;

    private static final int TIMEOUT_MILLIS = 30_000;

    private final Process process;
    private final URI endpoint;

    private MotoServer(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts the server on a free port and waits until it listens.
     *
     * @param environments folder for Python environments, below {@code target}; modules that name
     *     the same one share what is in it
     */
    public static MotoServer start(Path environments) throws IOException {
        PythonEnvironment python = PythonEnvironment.open(environments, requirements());
        Process process =
                new ProcessBuilder(python.program("python").toString(), "-c", PROGRAM)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            return new MotoServer(process, URI.create("http://127.0.0.1:" + port(process)));
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static int port(Process process) throws IOException {
        // stays open: its end would be the end of a server that writes to it
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("listening ")) {
                return Integer.parseInt(line.substring("listening ".length()));
            }
        }
        throw new IOException("moto did not start");
    }

    private static List<String> requirements() throws IOException {
        try (@Nullable InputStream file =
                MotoServer.class.getResourceAsStream("moto-requirements.txt")) {
            if (file == null) {
                throw new IOException("moto-requirements.txt is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** Where it listens, such as {@code http://127.0.0.1:40123}. */
    public URI endpoint() {
        return endpoint;
    }

    /** Makes a bucket. */
    public void createBucket(String name) throws IOException {
        finish(request("PUT", "/" + name));
    }

    /** Forgets all buckets and objects. */
    public void reset() throws IOException {
        finish(request("POST", "/moto-api/reset"));
    }

    /** Puts an object into a bucket, as somebody else would who uses it. */
    public void put(String bucket, String key, byte[] content) throws IOException {
        HttpURLConnection connection = request("PUT", "/" + bucket + "/" + key);
        connection.setDoOutput(true);
        try (OutputStream body = connection.getOutputStream()) {
            body.write(content);
        }
        finish(connection);
    }

    /** What a bucket holds under a key, or empty. */
    public Optional<byte[]> find(String bucket, String key) throws IOException {
        HttpURLConnection connection = request("GET", "/" + bucket + "/" + key);
        try {
            if (connection.getResponseCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            return Optional.of(connection.getInputStream().readAllBytes());
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection request(String method, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) endpoint.resolve(path).toURL().openConnection();
        connection.setRequestMethod(method);
        // any will do, but none at all is a stranger who sees nothing
        connection.setRequestProperty("Authorization", "AWS somebody:signature");
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        return connection;
    }

    private static void finish(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        connection.disconnect();
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("moto answered " + status + " to " + connection.getURL());
        }
    }

    /** Ends the process. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
