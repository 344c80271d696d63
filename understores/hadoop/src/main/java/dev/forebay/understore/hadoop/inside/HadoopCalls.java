package dev.forebay.understore.hadoop.inside;

import dev.forebay.base.error.Unavailable;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The one way into Hadoop: for the time of a call the thread's class loader is Hadoop's, since
 * Hadoop looks there for its services and classes, also in threads that it starts meanwhile.
 */
final class HadoopCalls {
    private static final ClassLoader HADOOP = HadoopCalls.class.getClassLoader();

    private HadoopCalls() {}

    /** A call that can fail as calls of Hadoop do. */
    interface Call<T> {
        T run() throws IOException, InterruptedException;
    }

    /** A call that gives nothing. */
    interface Step {
        void run() throws IOException;
    }

    /** Makes a call with its errors made ours, as {@link HadoopErrors} says. */
    static <T> T attempt(Object subject, Call<T> call) {
        try {
            return within(call);
        } catch (IOException e) {
            throw HadoopErrors.of(e, subject);
        } catch (UncheckedIOException e) {
            throw HadoopErrors.of(new IOException(e), subject);
        } catch (IllegalArgumentException e) {
            throw HadoopErrors.of(e, subject);
        } catch (UnsupportedOperationException e) {
            throw HadoopErrors.of(e, subject);
        } catch (LinkageError e) {
            // at the first use of what a jar lacks, which may be long after the mount
            throw HadoopErrors.of(e, subject);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting for the place", subject, e);
        }
    }

    /** The same for a call that gives nothing. */
    static void attempt(Object subject, Step step) {
        attempt(
                subject,
                () -> {
                    step.run();
                    return true;
                });
    }

    /** Makes a call of a stream, whose errors stay as they are. */
    static <T> T within(Call<T> call) throws IOException, InterruptedException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(HADOOP);
        try {
            return call.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
