package dev.forebay.gateway.hdfs;

import org.apache.hadoop.hdfs.protocol.proto.ClientDatanodeProtocolProtos;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcErrorCodeProto;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every method that is answered, by name. Filled once, then read by many threads. */
final class MethodTable {
    static final String CLIENT_PROTOCOL = "org.apache.hadoop.hdfs.protocol.ClientProtocol";
    static final String DATA_PROTOCOL = "org.apache.hadoop.hdfs.protocol.ClientDatanodeProtocol";

    static final String GROUPS_PROTOCOL = "org.apache.hadoop.tools.GetUserMappingsProtocol";
    static final String REFRESH_PROTOCOL = "org.apache.hadoop.security.RefreshUserMappingsProtocol";

    private static final Set<String> PROTOCOLS =
            Set.of(CLIENT_PROTOCOL, DATA_PROTOCOL, GROUPS_PROTOCOL, REFRESH_PROTOCOL);

    private final Map<String, Entry> entries = new HashMap<>();

    /**
     * A method.
     *
     * @param method runs it
     * @param audited whether its calls are audited: those that change names or attributes, or open
     *     a file
     */
    record Entry(Method method, boolean audited) {}

    /** Adds a method whose calls only look. */
    MethodTable reading(String name, Method method) {
        return add(name, new Entry(method, false));
    }

    /** Adds a method whose calls are audited. */
    MethodTable audited(String name, Method method) {
        return add(name, new Entry(method, true));
    }

    private MethodTable add(String name, Entry entry) {
        Entry before = entries.put(name, entry);
        assert before == null : name;
        return this;
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /**
     * The method to run.
     *
     * @throws RpcError.Refusal when there is no such protocol or method, or it is not provided
     */
    Method require(String protocol, String name) {
        if (!PROTOCOLS.contains(protocol)) {
            throw new RpcError(
                            RpcError.NO_SUCH_PROTOCOL,
                            "Unknown protocol: " + protocol,
                            RpcErrorCodeProto.ERROR_NO_SUCH_PROTOCOL)
                    .refused();
        }
        Entry entry = entries.get(name);
        if (entry != null) {
            return entry.method();
        }
        if (known(name)) {
            throw RpcError.of(RpcError.UNSUPPORTED, name + " is not provided here").refused();
        }
        throw new RpcError(
                        RpcError.NO_SUCH_METHOD,
                        "Unknown method " + name + " called on " + protocol + " protocol.",
                        RpcErrorCodeProto.ERROR_NO_SUCH_METHOD)
                .refused();
    }

    /** Whether the protocol has the method; looked up in its description only when asked. */
    private static boolean known(String name) {
        return Stream.of(
                        ClientNamenodeProtocolProtos.getDescriptor(),
                        ClientDatanodeProtocolProtos.getDescriptor())
                .flatMap(file -> file.getServices().stream())
                .anyMatch(service -> service.findMethodByName(name) != null);
    }
}
