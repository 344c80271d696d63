package dev.forebay.base;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What the file system knows of an entry.
 *
 * @param kind what it is
 * @param length bytes; of no meaning unless it is a file
 * @param modifiedNanos time of last change, nanoseconds since 1970
 * @param fileKey device and inode, which a file keeps under any name
 * @param owner user name, or the number when it has no name
 * @param group group name, or the number when it has no name
 * @param mode permission bits 0 to 07777
 */
public record LocalAttributes(
        Kind kind,
        long length,
        long modifiedNanos,
        String fileKey,
        String owner,
        String group,
        int mode) {
    /** What an entry can be. */
    public enum Kind {
        /** A regular file. */
        FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link, not followed. */
        LINK,
        /** A device, pipe or socket. */
        OTHER
    }

    private static final String WANTED =
            "unix:mode,uid,gid,dev,ino,size,lastModifiedTime,isRegularFile,isDirectory,"
                    + "isSymbolicLink";

    /** Names are looked up once; more users than this on one machine start over. */
    private static final int NAMES_MAX = 10_000;

    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    static LocalAttributes read(Path path) throws IOException {
        Map<String, Object> all = Files.readAttributes(path, WANTED, LinkOption.NOFOLLOW_LINKS);
        return new LocalAttributes(
                kind(all),
                (Long) value(all, "size"),
                ((FileTime) value(all, "lastModifiedTime")).to(TimeUnit.NANOSECONDS),
                value(all, "dev") + ":" + value(all, "ino"),
                name(path, "unix:owner", "u" + value(all, "uid")),
                name(path, "unix:group", "g" + value(all, "gid")),
                (Integer) value(all, "mode") & 07777);
    }

    private static Kind kind(Map<String, Object> all) {
        if ((Boolean) value(all, "isRegularFile")) {
            return Kind.FILE;
        }
        if ((Boolean) value(all, "isDirectory")) {
            return Kind.DIRECTORY;
        }
        return (Boolean) value(all, "isSymbolicLink") ? Kind.LINK : Kind.OTHER;
    }

    private static Object value(Map<String, Object> all, String key) {
        Object value = all.get(key);
        if (value == null) {
            throw new dev.forebay.base.error.Internal("file attribute is missing", key);
        }
        return value;
    }

    private static String name(Path path, String attribute, String id) throws IOException {
        String known = NAMES.get(id);
        if (known != null) {
            return known;
        }
        String name =
                String.valueOf(Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS));
        if (NAMES.size() >= NAMES_MAX) {
            NAMES.clear();
        }
        NAMES.put(id, name);
        return name;
    }

    /**
     * Changes what is given of a file or directory.
     *
     * @param path without links
     * @param mode permission bits 0 to 07777
     * @return false when the system refused or does not know the user or group; the rest is applied
     */
    public static boolean change(
            Path path, Optional<String> owner, Optional<String> group, Optional<Integer> mode)
            throws IOException {
        UserPrincipalLookupService names = FileSystems.getDefault().getUserPrincipalLookupService();
        PosixFileAttributeView view =
                Files.getFileAttributeView(
                        path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        boolean whole = true;
        if (owner.isPresent()) {
            whole &= tried(() -> view.setOwner(names.lookupPrincipalByName(owner.get())));
        }
        if (group.isPresent()) {
            whole &= tried(() -> view.setGroup(names.lookupPrincipalByGroupName(group.get())));
        }
        if (mode.isPresent()) {
            // last, since a change of owner clears the set-user-id bit
            whole &= tried(() -> Files.setAttribute(path, "unix:mode", mode.get()));
        }
        return whole;
    }

    private static boolean tried(Change change) throws IOException {
        try {
            change.run();
            return true;
        } catch (java.nio.file.NoSuchFileException e) {
            throw e;
        } catch (UserPrincipalNotFoundException | java.nio.file.FileSystemException e) {
            return false; // only root may give a file away
        }
    }

    /** One change that the system may refuse. */
    private interface Change {
        void run() throws IOException;
    }
}
