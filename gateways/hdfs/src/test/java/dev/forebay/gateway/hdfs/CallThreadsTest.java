package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.testkit.ManualClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

@Timeout(30)
class CallThreadsTest {
    /** More calls than have threads of their own at the start of a connection. */
    private static final int CALLS = 40;

    private final ManualClock clock = new ManualClock(0);
    private final SocketChannel client;
    private final SocketChannel server;
    private final WireInput input;
    private final CallThreads threads;

    CallThreadsTest() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(listener.getLocalAddress());
            server = listener.accept();
        }
        input = new WireInput(new TcpWire(server), ByteBuffer.allocate(64));
        threads = new CallThreads(input, clock);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    /** Runs a call, waits for its end, and returns which thread ran it. */
    private Thread run(Runnable call) {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        boolean reading =
                threads.run(
                        () -> {
                            call.run();
                            answer();
                            ran.complete(Thread.currentThread());
                        });
        assertThat(reading).isTrue();
        return ran.join();
    }

    private void answer() {
        try {
            threads.beforeAnswer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Thread run() {
        return run(() -> {});
    }

    /** Until the thread that reads runs them. */
    private void settle() {
        for (int i = 0; i < CALLS; i++) {
            run();
        }
    }

    @Test
    void callsOneAfterTheOtherAreRunByTheThreadThatReads() {
        assertThat(run()).isNotSameAs(Thread.currentThread());
        settle();
        assertThat(run()).isSameAs(Thread.currentThread());
    }

    @Test
    void aCallThatCameDuringAnotherGivesThoseThatFollowThreadsOfTheirOwn() throws IOException {
        settle();
        client.write(ByteBuffer.wrap(new byte[10]));
        assertThat(run()).as("too short to look").isSameAs(Thread.currentThread());
        while (input.available() == 0) {
            Thread ran = run(() -> clock.advance(Duration.ofMillis(1)));
            assertThat(ran).isSameAs(Thread.currentThread());
        }
        assertThat(input.available()).isEqualTo(10);
        input.take(10);
        assertThat(run()).isNotSameAs(Thread.currentThread());
        settle();
        assertThat(run()).isSameAs(Thread.currentThread());
    }

    @Test
    void callsBesideARunningOneHaveThreadsOfTheirOwn() throws IOException {
        settle();
        CountDownLatch first = new CountDownLatch(1);
        client.write(ByteBuffer.wrap(new byte[10]));
        input.await(10);
        threads.run(() -> await(first));
        input.take(10);
        for (int i = 0; i < CALLS; i++) {
            assertThat(run()).isNotSameAs(Thread.currentThread());
        }
        first.countDown();
    }

    @Test
    void aLongCallKeepsNoOtherWaiting() {
        settle();
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Void> read = new CompletableFuture<>();
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Boolean> reading =
                CompletableFuture.supplyAsync(() -> threads.run(() -> await(over)));
        while (!read.isDone()) {
            clock.advance(Duration.ofMillis(300));
            threads.relieve(
                    () -> {
                        read.complete(null);
                        await(end);
                    });
        }
        over.countDown();
        assertThat(reading).isNotDone();
        end.countDown();
        assertThat(reading.join()).isFalse();
    }

    @Test
    void whoReadsIsNotRelieved() {
        settle();
        clock.advance(Duration.ofHours(1));
        threads.relieve(() -> threads.run(() -> {}));
        assertThat(run()).isSameAs(Thread.currentThread());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
