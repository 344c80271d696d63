package dev.forebay.gateway.hdfs;

import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcErrorCodeProto;

/**
 * How a call failed, in the words of the protocol.
 *
 * @param className full name of the Java exception that the client raises
 * @param message for people; clients show the first line
 * @param code what kind of failure it is
 */
record RpcError(String className, String message, RpcErrorCodeProto code) {
    static final String FILE_NOT_FOUND = "java.io.FileNotFoundException";
    static final String IO = "java.io.IOException";
    static final String ILLEGAL_ARGUMENT = "org.apache.hadoop.HadoopIllegalArgumentException";
    static final String ACCESS = "org.apache.hadoop.security.AccessControlException";
    static final String AUTHORIZATION =
            "org.apache.hadoop.security.authorize.AuthorizationException";
    static final String SNAPSHOT = "org.apache.hadoop.hdfs.protocol.SnapshotException";
    static final String SNAPSHOT_ACCESS =
            "org.apache.hadoop.hdfs.protocol.SnapshotAccessControlException";
    static final String NOT_DIRECTORY = "org.apache.hadoop.fs.PathIsNotDirectoryException";
    static final String EXISTS = "org.apache.hadoop.fs.FileAlreadyExistsException";
    static final String PARENT_NOT_DIRECTORY = "org.apache.hadoop.fs.ParentNotDirectoryException";
    static final String NOT_EMPTY = "org.apache.hadoop.fs.PathIsNotEmptyDirectoryException";
    static final String ACL = "org.apache.hadoop.hdfs.protocol.AclException";
    static final String ATTRIBUTE_NOT_FOUND =
            "org.apache.hadoop.hdfs.protocol.XAttrNotFoundException";
    static final String INVALID_PATH = "org.apache.hadoop.fs.InvalidPathException";
    static final String BEING_CREATED =
            "org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException";
    static final String NAMES_QUOTA = "org.apache.hadoop.hdfs.protocol.NSQuotaExceededException";
    static final String SPACE_QUOTA = "org.apache.hadoop.hdfs.protocol.DSQuotaExceededException";
    static final String TYPE_QUOTA =
            "org.apache.hadoop.hdfs.protocol.QuotaByStorageTypeExceededException";
    static final String LEASE_EXPIRED =
            "org.apache.hadoop.hdfs.server.namenode.LeaseExpiredException";
    static final String SAFE_MODE = "org.apache.hadoop.hdfs.server.namenode.SafeModeException";
    static final String RETRIABLE = "org.apache.hadoop.ipc.RetriableException";
    static final String NO_SUCH_METHOD = "org.apache.hadoop.ipc.RpcNoSuchMethodException";
    static final String NO_SUCH_PROTOCOL = "org.apache.hadoop.ipc.RpcNoSuchProtocolException";
    static final String RPC_SERVER = "org.apache.hadoop.ipc.RpcServerException";
    static final String INVALID_TOKEN =
            "org.apache.hadoop.security.token.SecretManager$InvalidToken";
    static final String SASL = "javax.security.sasl.SaslException";
    static final String UNSUPPORTED = "java.lang.UnsupportedOperationException";
    static final String UNSUPPORTED_ACTION =
            "org.apache.hadoop.hdfs.server.namenode.UnsupportedActionException";

    /** A failure of what the call asked for. */
    static RpcError of(String className, String message) {
        return new RpcError(className, message, RpcErrorCodeProto.ERROR_APPLICATION);
    }

    /** The last part of the class name, for metrics and audit. */
    String name() {
        int dot = Math.max(className.lastIndexOf('.'), className.lastIndexOf('$'));
        return className.substring(dot + 1);
    }

    Refusal refused() {
        return new Refusal(this);
    }

    /** Ends a call with an error that the gateway itself finds. */
    static final class Refusal extends RuntimeException {
        private final transient RpcError error;

        private Refusal(RpcError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        RpcError error() {
            return error;
        }
    }
}
