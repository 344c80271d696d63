package dev.forebay.gateway.hdfs;

import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcRequestHeaderProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The last answers of calls that must not run twice. A client whose connection broke before the
 * answer came asks again with the same number, and says so; it gets the answer of its first call.
 * Safe for use by many threads.
 */
final class RetryCache {
    private static final int ANSWERS_MAX = 10_000;

    /** What a second run would answer otherwise. */
    private static final Set<String> ONCE =
            Set.of(
                    "create",
                    "append",
                    "rename",
                    "rename2",
                    "delete",
                    "concat",
                    "createSnapshot",
                    "deleteSnapshot",
                    "renameSnapshot");

    private final Map<Key, CompletableFuture<RpcAnswer>> answers = new Answers();
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * What tells a call from every other.
     *
     * @param user who called
     * @param client id that the client chose at random
     * @param call its number
     */
    private record Key(String user, ByteString client, int call) {}

    private static final class Answers extends LinkedHashMap<Key, CompletableFuture<RpcAnswer>> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CompletableFuture<RpcAnswer>> eldest) {
            return size() > ANSWERS_MAX;
        }
    }

    /** Runs a call, unless it ran or is running already: then waits for what it comes to. */
    RpcAnswer run(RpcRequestHeaderProto header, RpcCall call, Supplier<RpcAnswer> first) {
        if (!ONCE.contains(call.method()) || header.getClientId().isEmpty()) {
            return first.get();
        }
        Key key = new Key(call.caller().user(), header.getClientId(), header.getCallId());
        CompletableFuture<RpcAnswer> answer = new CompletableFuture<>();
        Optional<CompletableFuture<RpcAnswer>> known = begin(key, answer, header.getRetryCount());
        if (known.isPresent()) {
            return known.get().join();
        }
        try {
            answer.complete(first.get());
            return answer.join();
        } finally {
            // nobody waits for ever, whatever went wrong
            answer.cancel(false);
        }
    }

    /** Numbers of clients that do not say that they ask again may come twice by chance. */
    private Optional<CompletableFuture<RpcAnswer>> begin(
            Key key, CompletableFuture<RpcAnswer> answer, int retries) {
        lock.lock();
        try {
            if (retries > 0 && answers.containsKey(key)) {
                return Optional.ofNullable(answers.get(key));
            }
            answers.put(key, answer);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
