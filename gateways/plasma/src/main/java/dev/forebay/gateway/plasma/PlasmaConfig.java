package dev.forebay.gateway.plasma;

import dev.forebay.base.error.Invalid;
import dev.forebay.base.unix.UnixListener;

import java.nio.file.Path;

/**
 * Settings of the Plasma gateway.
 *
 * @param socket where it listens, 1 to 107 bytes; setting {@code plasma.socket}
 * @param mode permission bits of the socket; who may write to it may connect
 * @param connectionsMax open connections, 1 to 100,000; the next one is closed at once
 * @param notifications what a subscriber may lag behind
 * @param auditReads whether get, release, contains, list and the like are audited, too
 */
public record PlasmaConfig(
        Path socket, int mode, int connectionsMax, Backlog notifications, boolean auditReads) {
    /** Where clients look, unless configured otherwise. */
    public static final Path SOCKET = Path.of("/tmp/plasma");

    /** Open connections, unless configured otherwise. */
    public static final int CONNECTIONS_MAX = 1_000;

    private static final int CONNECTIONS_LIMIT = 100_000;

    /** Checks the ranges. */
    public PlasmaConfig {
        if (mode < 0 || mode > 0777) {
            throw new Invalid("plasma.mode is not from 0 to 777", Integer.toOctalString(mode));
        }
        if (connectionsMax < 1 || connectionsMax > CONNECTIONS_LIMIT) {
            throw new Invalid("plasma.connections-max is not from 1 to 100000", connectionsMax);
        }
    }

    /** A socket for this user alone, with default bounds. */
    public static PlasmaConfig of(Path socket) {
        return new PlasmaConfig(
                socket, UnixListener.OWNER_ONLY, CONNECTIONS_MAX, Backlog.DEFAULT, false);
    }

    /** The same with a socket that lies in a folder, if its path is relative. */
    public PlasmaConfig in(Path folder) {
        return new PlasmaConfig(
                folder.resolve(socket), mode, connectionsMax, notifications, auditReads);
    }

    /**
     * Notifications that wait for one subscriber; beyond them its socket is closed.
     *
     * @param messages 1 or more
     * @param bytes 1 or more
     */
    public record Backlog(int messages, long bytes) {
        /** A million messages, 256 MiB. */
        public static final Backlog DEFAULT = new Backlog(1_000_000, 256L << 20);

        /** Checks the ranges. */
        public Backlog {
            if (messages < 1 || bytes < 1) {
                throw new Invalid("a backlog holds 1 message or more", messages);
            }
        }
    }
}
