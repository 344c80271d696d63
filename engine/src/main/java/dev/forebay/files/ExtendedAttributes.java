package dev.forebay.files;

import dev.forebay.base.InodeId;
import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Transaction;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Names with values that clients attach to a file or directory. */
final class ExtendedAttributes {
    /** What a name begins with, as hdfs-default.xml and the File System Shell name them. */
    private static final Set<String> NAMESPACES =
            Set.of("user", "trusted", "security", "system", "raw");

    private static final String FOR_ALL = "user";
    private static final String FOR_SUPERUSERS = "trusted";

    /** dfs.namenode.fs-limits.max-xattrs-per-inode. */
    private static final int COUNT_MAX = 32;

    /** dfs.namenode.fs-limits.max-xattr-size: bytes of name and value together. */
    private static final int SIZE_MAX = 16384;

    private final Parts parts;

    ExtendedAttributes(Parts parts) {
        this.parts = parts;
    }

    /** All that the caller may know of, in the order of names, for who may read the file. */
    List<ExtendedAttribute> list(Principal caller, Chain chain) {
        Permissions.requireTraverse(caller, chain);
        Permissions.require(caller, chain.target(), Permissions.READ, chain);
        return visible(caller, chain);
    }

    /** The names alone, for who may know of the file. */
    List<String> names(Principal caller, Chain chain) {
        Permissions.requireTraverse(caller, chain);
        return visible(caller, chain).stream().map(ExtendedAttribute::name).toList();
    }

    private List<ExtendedAttribute> visible(Principal caller, Chain chain) {
        InodeId id = chain.target().id();
        return parts.store().read(live -> all(chain.view().over(live), id)).stream()
                .filter(attribute -> visible(caller, attribute.name()))
                .toList();
    }

    /** Whether a caller may know of a name. */
    private static boolean visible(Principal caller, String name) {
        String space = namespace(name);
        return space.equals(FOR_ALL) || (space.equals(FOR_SUPERUSERS) && caller.superuser());
    }

    void set(Principal caller, Chain chain, ExtendedAttribute attribute, AttributeWrite write) {
        requireChange(caller, chain, attribute.name());
        if (attribute.name().indexOf('\0') >= 0) {
            throw new Invalid("the name of an extended attribute holds a zero", attribute.name());
        }
        int size = attribute.name().length() + attribute.value().remaining();
        if (size > SIZE_MAX) {
            throw new Invalid("extended attribute is over 16384 bytes", size);
        }
        byte[] value = new byte[attribute.value().remaining()];
        attribute.value().duplicate().get(value);
        parts.store()
                .update(
                        tx -> {
                            InodeId id = lock(tx, chain);
                            byte[] key = key(id, attribute.name());
                            boolean there = tx.get(FileSpaces.ATTRIBUTE, key).isPresent();
                            requireMeant(attribute.name(), there, write);
                            if (!there && all(tx, id).size() >= COUNT_MAX) {
                                throw new InvalidState(
                                        "32 extended attributes are there already", chain.path());
                            }
                            tx.put(FileSpaces.ATTRIBUTE, key, value);
                        });
    }

    private static void requireMeant(String name, boolean there, AttributeWrite write) {
        if (there && write == AttributeWrite.CREATE) {
            throw new InvalidState("extended attribute exists, the REPLACE flag is needed", name);
        }
        if (!there && write == AttributeWrite.REPLACE) {
            throw new InvalidState(
                    "extended attribute does not exist, the CREATE flag is needed", name);
        }
    }

    void remove(Principal caller, Chain chain, String name) {
        requireChange(caller, chain, name);
        parts.store()
                .update(
                        tx -> {
                            byte[] key = key(lock(tx, chain), name);
                            if (tx.get(FileSpaces.ATTRIBUTE, key).isEmpty()) {
                                throw new InvalidState("there is no such extended attribute", name);
                            }
                            tx.delete(FileSpaces.ATTRIBUTE, key);
                        });
    }

    private static InodeId lock(Transaction tx, Chain chain) {
        return Tree.lock(tx, chain.target().id())
                .orElseThrow(() -> new NotFound("path does not exist", chain.path()))
                .id();
    }

    private static void requireChange(Principal caller, Chain chain, String name) {
        Permissions.requireTraverse(caller, chain);
        Inode target = chain.target();
        String space = namespace(name);
        if (!visible(caller, name)) {
            throw new PermissionDenied("extended attributes of this namespace are kept", space);
        }
        if (target.directory() && target.access().sticky()) {
            Permissions.requireOwner(caller, target, chain);
        } else {
            Permissions.require(caller, target, Permissions.WRITE, chain);
        }
    }

    private static String namespace(String name) {
        int dot = name.indexOf('.');
        String space = dot < 0 ? "" : name.substring(0, dot);
        if (!NAMESPACES.contains(space) || dot == name.length() - 1) {
            throw new Invalid(
                    "extended attribute needs a namespace, such as user., and a name", name);
        }
        return space;
    }

    static List<ExtendedAttribute> all(Reader reader, InodeId inode) {
        List<ExtendedAttribute> found = new ArrayList<>();
        reader.scan(
                FileSpaces.ATTRIBUTE,
                KeyRange.prefix(FileSpaces.key(inode)),
                (key, value) ->
                        found.add(
                                new ExtendedAttribute(
                                        new String(key, 8, key.length - 8, StandardCharsets.UTF_8),
                                        ByteBuffer.wrap(value))));
        return found;
    }

    private static byte[] key(InodeId inode, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length).putLong(inode.value()).put(text).array();
    }

    /** Removes all of an inode that goes. */
    static void removeAll(Transaction tx, InodeId inode) {
        for (ExtendedAttribute attribute : all(tx, inode)) {
            tx.delete(FileSpaces.ATTRIBUTE, key(inode, attribute.name()));
        }
    }
}
