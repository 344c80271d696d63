package dev.forebay.gateway.hdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;

import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.Parser;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One call, and what is kept of it for the audit. Belongs to one thread. */
final class RpcCall {
    private final Origin origin;
    private final String method;
    private final ByteBuffer body;
    private String subject = "";
    private Optional<String> target = Optional.empty();

    /**
     * Where calls of a connection come from.
     *
     * @param caller who calls
     * @param local the address that the client dialled
     */
    record Origin(Principal caller, InetAddress local) {}

    RpcCall(Origin origin, String method, ByteBuffer body) {
        this.origin = origin;
        this.method = method;
        this.body = body;
    }

    Principal caller() {
        return origin.caller();
    }

    InetAddress local() {
        return origin.local();
    }

    String method() {
        return method;
    }

    String subject() {
        return subject;
    }

    Optional<String> target() {
        return target;
    }

    int length() {
        return body.limit();
    }

    /** Decodes what was sent with the call. */
    <M> M request(Parser<M> parser) throws InvalidProtocolBufferException {
        return parser.parseFrom(body.duplicate());
    }

    /**
     * Requires that a superuser calls.
     *
     * @throws RpcError.Refusal when somebody else does
     */
    void requireSuperuser() {
        if (!caller().superuser()) {
            String why = "Access denied for user " + caller().user();
            throw RpcError.of(RpcError.ACCESS, why + ". Superuser privilege is required").refused();
        }
    }

    /** Takes the path that the call is about. */
    FilePath path(String text) {
        subject = text;
        return parse(text);
    }

    /** Takes the second path of the call. */
    FilePath target(String text) {
        target = Optional.of(text);
        return parse(text);
    }

    /** Takes a path that is one of many. */
    static FilePath parse(String text) {
        try {
            return FilePath.parse(text);
        } catch (Invalid e) {
            throw RpcError.of(RpcError.INVALID_PATH, "Invalid path name " + e.getMessage())
                    .refused();
        }
    }
}
