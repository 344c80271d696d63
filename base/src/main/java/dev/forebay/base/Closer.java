package dev.forebay.base;

import dev.forebay.base.error.Internal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what was registered in the reverse order of registering. Everything is closed even when
 * some closing fails; the first failure is thrown, the others are suppressed in it. Not safe for
 * use by several threads.
 */
public final class Closer implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Registers and returns. */
    public <T extends AutoCloseable> T register(T closeable) {
        open.push(closeable);
        return closeable;
    }

    @Override
    public void close() {
        @Nullable RuntimeException first = null;
        while (!open.isEmpty()) {
            RuntimeException failure = closeOne(open.pop());
            if (failure != null && first == null) {
                first = failure;
            } else if (failure != null && first != null) {
                first.addSuppressed(failure);
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable RuntimeException closeOne(AutoCloseable closeable) {
        try {
            closeable.close();
            return null;
        } catch (RuntimeException e) {
            return e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure(closeable, e);
        } catch (Exception e) {
            return failure(closeable, e);
        }
    }

    private static Internal failure(AutoCloseable closeable, Exception cause) {
        return new Internal("close failed", closeable.getClass().getName(), cause);
    }
}
