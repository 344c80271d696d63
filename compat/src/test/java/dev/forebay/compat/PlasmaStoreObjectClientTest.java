package dev.forebay.compat;

import dev.forebay.base.Clock;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectsException.Unavailable;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The Java API of objects over the socket of the store that comes with pyarrow. */
// opened before the tests, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
class PlasmaStoreObjectClientTest extends ObjectClientContract {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Clock clock = Clock.system();
    private Process store;
    private Path socket;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        Path python = PlasmaClient.install().python();
        socket = folder.resolve("socket");
        store =
                new ProcessBuilder(
                                python.resolveSibling("plasma_store").toString(),
                                "-m",
                                Long.toString(CAPACITY),
                                "-s",
                                socket.toString(),
                                "-d",
                                folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        long end = clock.millis() + START_LIMIT.toMillis();
        while (!answers()) {
            if (clock.millis() > end) {
                throw new AssertionError("the store does not answer");
            }
            clock.sleep(POLL);
        }
    }

    private boolean answers() {
        try (ObjectClient client = connect()) {
            return client.capacity() == CAPACITY;
        } catch (Unavailable e) {
            return false;
        }
    }

    @AfterAll
    void stop() {
        store.destroyForcibly();
    }

    @Override
    ObjectClient connect() {
        return ObjectClient.connect(socket);
    }
}
