package dev.forebay.gateway.hdfs;

import dev.forebay.base.error.Invalid;
import dev.forebay.base.unix.UnixListener;

import java.nio.file.Path;

/**
 * A socket for clients on this machine, who get the files of blocks from it.
 *
 * @param path 1 to 107 bytes; {@code _PORT} in it stands for the data port, as in the clients'
 *     {@code dfs.domain.socket.path}
 * @param mode permission bits of the socket; who may write to it may connect
 * @param required whether the gateway may not do without
 */
public record DomainSocket(Path path, int mode, boolean required) {
    /** The setting that names the path. */
    public static final String KEY = "hdfs.domain-socket";

    /** The name in the data folder, unless configured otherwise. */
    public static final String NAME = "dn_socket";

    private static final String PORT = "_PORT";

    /** Checks the range. */
    public DomainSocket {
        if (mode < 0 || mode > 0777) {
            throw new Invalid(
                    "hdfs.domain-socket-mode is not from 0 to 777", Integer.toOctalString(mode));
        }
    }

    /** A socket for this user alone. */
    public static DomainSocket of(Path path) {
        return new DomainSocket(path, UnixListener.OWNER_ONLY, true);
    }

    /** The same in a folder, if its path is relative. */
    public DomainSocket in(Path folder) {
        return new DomainSocket(folder.resolve(path), mode, required);
    }

    /** The path with the port in it. */
    Path at(int port) {
        return Path.of(path.toString().replace(PORT, Integer.toString(port)));
    }
}
