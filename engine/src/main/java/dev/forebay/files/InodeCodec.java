package dev.forebay.files;

import dev.forebay.base.InodeId;
import dev.forebay.base.Name;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.RecordReader;
import dev.forebay.base.RecordWriter;
import dev.forebay.base.TtlAction;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.Corrupt;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Inode records as bytes. Field numbers are never used again for another meaning; {@code
 * docs/formats/namespace.md} lists them.
 */
final class InodeCodec {
    private static final int PARENT = 1;
    private static final int NAME = 2;
    private static final int DIRECTORY = 3;
    private static final int OWNER = 4;
    private static final int GROUP = 5;
    private static final int MODE = 6;
    private static final int CREATED = 7;
    private static final int MODIFIED = 8;
    private static final int ACCESSED = 9;
    private static final int TTL_PLUS_ONE = 10;
    private static final int TTL_ACTION = 11;
    private static final int BLOCK_SIZE = 12;
    private static final int REPLICATION_MIN = 13;
    private static final int REPLICATION_MAX = 14;
    private static final int REPLICATION_DURABLE = 15;
    private static final int LENGTH = 16;
    private static final int COMPLETED = 17;
    private static final int PINNED = 18;
    private static final int CHILDREN_LOADED = 19;
    private static final int PERSISTENCE = 20;
    private static final int WRITE_TYPE = 21;
    private static final int FINGERPRINT = 22;
    private static final int GENERATION = 23;
    private static final int MOUNT_ID = 24;
    private static final int MOUNT_POINT = 25;
    private static final int BLOCKS_MADE = 26;
    private static final int ACL = 27;
    private static final int SNAPSHOTS = 28;
    private static final int BORN = 29;
    private static final int COVER = 30;
    private static final int STORAGE_POLICY = 31;

    private static final int ENTRY_SCOPE = 1;
    private static final int ENTRY_KIND = 2;
    private static final int ENTRY_NAME = 3;
    private static final int ENTRY_RIGHTS = 4;

    /** The code of a constant is its index in these lists; never reorder. */
    private static final List<TtlAction> TTL_ACTIONS = List.of(TtlAction.DELETE, TtlAction.FREE);

    private static final List<PersistenceState> STATES =
            List.of(
                    PersistenceState.NOT_PERSISTED,
                    PersistenceState.TO_BE_PERSISTED,
                    PersistenceState.PERSISTED);

    private static final List<WriteType> WRITE_TYPES =
            List.of(
                    WriteType.MUST_CACHE,
                    WriteType.CACHE_THROUGH,
                    WriteType.THROUGH,
                    WriteType.ASYNC_THROUGH);

    private static final List<Acl.Scope> SCOPES = List.of(Acl.Scope.ACCESS, Acl.Scope.DEFAULT);

    private static final List<Acl.Kind> KINDS =
            List.of(Acl.Kind.USER, Acl.Kind.GROUP, Acl.Kind.MASK, Acl.Kind.OTHER);

    private InodeCodec() {}

    static byte[] encode(Inode inode) {
        RecordWriter writer = new RecordWriter();
        inode.access().acl().entries().forEach(entry -> writer.element(ACL, encode(entry)));
        inode.past().covers().forEach(cover -> writer.element(COVER, KeptRow.encode(cover)));
        return writer.number(PARENT, inode.link().parent().value())
                .bytes(NAME, inode.link().name().bytes())
                .flag(DIRECTORY, inode.directory())
                .text(OWNER, inode.access().owner())
                .text(GROUP, inode.access().group())
                .number(MODE, inode.access().mode())
                .signed(CREATED, inode.times().created())
                .signed(MODIFIED, inode.times().modified())
                .signed(ACCESSED, inode.times().accessed())
                .number(TTL_PLUS_ONE, inode.ttl().millis() + 1)
                .number(TTL_ACTION, TTL_ACTIONS.indexOf(inode.ttl().action()))
                .number(BLOCK_SIZE, inode.layout().blockSize())
                .signed(REPLICATION_MIN, inode.layout().replicationMin())
                .signed(REPLICATION_MAX, inode.layout().replicationMax())
                .signed(REPLICATION_DURABLE, inode.layout().replicationDurable())
                .number(LENGTH, inode.length())
                .flag(COMPLETED, inode.state().completed())
                .flag(PINNED, inode.state().pinned())
                .flag(CHILDREN_LOADED, inode.state().childrenLoaded())
                .number(PERSISTENCE, STATES.indexOf(inode.state().persistence()))
                .number(WRITE_TYPE, WRITE_TYPES.indexOf(inode.state().writeType()))
                .text(FINGERPRINT, inode.state().fingerprint())
                .number(GENERATION, inode.state().generation())
                .number(MOUNT_ID, inode.link().mountId())
                .flag(MOUNT_POINT, inode.link().mountPoint())
                .number(BLOCKS_MADE, inode.state().blocksMade())
                .flag(SNAPSHOTS, inode.past().snapshots())
                .number(BORN, inode.past().born())
                .number(STORAGE_POLICY, inode.layout().policy().map(StoragePolicy::id).orElse(0))
                .toBytes();
    }

    private static byte[] encode(Acl.Entry entry) {
        return new RecordWriter()
                .number(ENTRY_SCOPE, SCOPES.indexOf(entry.scope()))
                .number(ENTRY_KIND, KINDS.indexOf(entry.kind()))
                .text(ENTRY_NAME, entry.name())
                .number(ENTRY_RIGHTS, entry.rights())
                .toBytes();
    }

    private static Acl.Entry decodeEntry(byte[] bytes) {
        long[] numbers = new long[ENTRY_RIGHTS + 1];
        String name = "";
        RecordReader reader = new RecordReader(bytes);
        for (int field = reader.next(); field != 0; field = reader.next()) {
            if (field == ENTRY_NAME) {
                name = reader.text();
            } else if (field < numbers.length) {
                numbers[field] = reader.number();
            }
        }
        return new Acl.Entry(
                constant(SCOPES, numbers[ENTRY_SCOPE]),
                constant(KINDS, numbers[ENTRY_KIND]),
                name,
                (int) numbers[ENTRY_RIGHTS]);
    }

    static Inode decode(InodeId id, byte[] bytes) {
        Fields fields = new Fields();
        RecordReader reader = new RecordReader(bytes);
        for (int field = reader.next(); field != 0; field = reader.next()) {
            fields.take(field, reader);
        }
        return fields.inode(id);
    }

    private static <E> E constant(List<E> codes, long code) {
        if (code < 0 || code >= codes.size()) {
            throw new Corrupt("inode record holds an unknown constant", code);
        }
        return codes.get((int) code);
    }

    /** The fields of a record while it is being read, each at its default. */
    private static final class Fields {
        private final long[] numbers = new long[STORAGE_POLICY + 1];
        private final List<Acl.Entry> entries = new ArrayList<>();
        private final List<Cover> covers = new ArrayList<>();
        private String owner = "";
        private String group = "";
        private String fingerprint = "";
        private @Nullable Name name;

        void take(int field, RecordReader reader) {
            switch (field) {
                case NAME -> name = Name.of(reader.bytes());
                case ACL -> entries.add(decodeEntry(reader.bytes()));
                case COVER -> covers.add(KeptRow.decodeCover(reader.bytes()));
                case OWNER -> owner = reader.text();
                case GROUP -> group = reader.text();
                case FINGERPRINT -> fingerprint = reader.text();
                case CREATED,
                        MODIFIED,
                        ACCESSED,
                        REPLICATION_MIN,
                        REPLICATION_MAX,
                        REPLICATION_DURABLE ->
                        numbers[field] = reader.signed();
                default -> {
                    if (field < numbers.length) {
                        numbers[field] = reader.number();
                    }
                }
            }
        }

        private Acl acl() {
            return entries.isEmpty() ? Acl.NONE : new Acl(entries);
        }

        Inode inode(InodeId id) {
            Name known = name;
            if (known == null) {
                throw new Corrupt("inode record has no name", id);
            }
            return new Inode(
                    id,
                    new Inode.Link(
                            new InodeId(numbers[PARENT]),
                            known,
                            numbers[MOUNT_ID],
                            numbers[MOUNT_POINT] != 0),
                    numbers[DIRECTORY] != 0,
                    new FileStatus.Access(owner, group, (int) numbers[MODE], acl()),
                    new FileStatus.Times(numbers[CREATED], numbers[MODIFIED], numbers[ACCESSED]),
                    new FileStatus.Ttl(
                            numbers[TTL_PLUS_ONE] - 1, constant(TTL_ACTIONS, numbers[TTL_ACTION])),
                    new FileStatus.Layout(
                            numbers[BLOCK_SIZE],
                            (int) numbers[REPLICATION_MIN],
                            (int) numbers[REPLICATION_MAX],
                            (int) numbers[REPLICATION_DURABLE],
                            policy(id)),
                    numbers[LENGTH],
                    new Inode.State(
                            numbers[COMPLETED] != 0,
                            numbers[PINNED] != 0,
                            numbers[CHILDREN_LOADED] != 0,
                            constant(STATES, numbers[PERSISTENCE]),
                            constant(WRITE_TYPES, numbers[WRITE_TYPE]),
                            fingerprint,
                            numbers[GENERATION],
                            numbers[BLOCKS_MADE]),
                    past());
        }

        private Optional<StoragePolicy> policy(InodeId id) {
            int number = (int) numbers[STORAGE_POLICY];
            Optional<StoragePolicy> policy = StoragePolicy.find(number);
            if (number != 0 && policy.isEmpty()) {
                throw new Corrupt("inode record names an unknown storage policy", id);
            }
            return policy;
        }

        private Inode.Past past() {
            boolean none = numbers[SNAPSHOTS] == 0 && numbers[BORN] == 0 && covers.isEmpty();
            return none
                    ? Inode.Past.NONE
                    : new Inode.Past(numbers[SNAPSHOTS] != 0, numbers[BORN], covers);
        }
    }
}
