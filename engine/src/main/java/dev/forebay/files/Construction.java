package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.base.error.Conflict;
import dev.forebay.base.error.Fenced;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.LeaseHeld;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unavailable;
import dev.forebay.base.error.Unsupported;
import dev.forebay.meta.Transaction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Files under construction: how the writing of one begins, or begins again behind what is there,
 * and who may write. Truncating and concatenating are writing, too.
 */
final class Construction {
    private static final Logger LOG = LoggerFactory.getLogger(Construction.class);

    /** A last block shorter than this is copied into the next one instead of staying by itself. */
    private static final long MERGE_MAX = 1 << 20;

    /** Looks at a file that changes while its writing begins. */
    private static final int ATTEMPTS_MAX = 10;

    private final Parts parts;
    private final Opening opening;
    private final NodeFileWriter.After after;

    Construction(Parts parts, Opening opening, NodeFileWriter.After after) {
        this.parts = parts;
        this.opening = opening;
        this.after = after;
    }

    /** Writes a file just made. */
    NodeFileWriter begin(Inode made, FilePath path, String holder) {
        return new NodeFileWriter(
                parts,
                new WriteTarget(
                        made, path, parts.mounts().find(path), WriteTarget.Beginning.of(holder)),
                after);
    }

    /** A file that exists, as it is found at this moment. */
    record Existing(Principal caller, FilePath path, Function<FilePath, Chain> locate) {
        Chain chain() {
            return locate.apply(path);
        }
    }

    /**
     * Makes sure that nobody else writes the file: ends a lease that is not renewed any more, and
     * completes what a writer left.
     *
     * @throws LeaseHeld when somebody does
     */
    void claim(Inode inode, FilePath path) {
        if (inode.directory() || inode.state().completed()) {
            return;
        }
        if (parts.leases().beginning(inode.id())) {
            throw new LeaseHeld("file is being written", path);
        }
        Optional<Leases.Lease> lease = parts.leases().find(inode.id());
        if (lease.isEmpty()) {
            after.recovery().recover(inode.id());
        } else if (lease.get().idle(parts.config().leaseSoftLimit())) {
            lease.get().writer().closeReceived();
        } else {
            throw new LeaseHeld(
                    "file is being written", path + " by " + name(lease.get().holder()));
        }
    }

    private static String name(String holder) {
        return holder.isEmpty() ? "a client without a lease" : holder;
    }

    /**
     * Writes on behind what a file has, or behind its first bytes.
     *
     * @param keep how many bytes stay; empty for all
     */
    NodeFileWriter resume(Existing existing, OptionalLong keep, String holder) {
        for (int attempt = 1; ; attempt++) {
            requireWritable(existing.caller(), existing.chain());
            claim(existing.chain().target(), existing.path());
            try {
                return resume(existing.chain(), keep, holder);
            } catch (Conflict e) {
                // most often the file reached the mounted store in between
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    private NodeFileWriter resume(Chain chain, OptionalLong keep, String holder) {
        try (BlockFileReader old = opening.open(chain, ReadType.NO_CACHE)) {
            long length = keep.orElse(old.length());
            if (length > old.length() || length < 0) {
                throw new Invalid("file does not have that many bytes", length);
            }
            List<Extent> kept = kept(old.extents(), length);
            NodeFileWriter writer = reopened(chain, kept, holder);
            copy(old, new FileReader.ByteRange(writer.position(), length), writer);
            writer.markBlock();
            return writer;
        }
    }

    private NodeFileWriter reopened(Chain chain, List<Extent> kept, String holder) {
        List<InodeId> ids = List.of(chain.target().id());
        parts.leases().begin(ids);
        try {
            Inode inode = parts.store().transact(tx -> reopen(tx, chain, holder));
            return new NodeFileWriter(parts, target(inode, chain, kept, holder), after);
        } finally {
            parts.leases().began(ids);
        }
    }

    private static void requireWritable(Principal caller, Chain chain) {
        Permissions.requireTraverse(caller, chain);
        Inode inode = chain.target();
        if (inode.directory()) {
            throw new IsADirectory("cannot write to a directory", chain.path());
        }
        Permissions.require(caller, inode, Permissions.WRITE, chain);
    }

    /** The blocks in front that stay as they are; what follows them is copied. */
    private static List<Extent> kept(List<Extent> extents, long length) {
        List<Extent> kept = new ArrayList<>();
        long covered = 0;
        for (Extent extent : extents) {
            boolean stays =
                    switch (extent.place()) {
                        case INLINE, UNDER -> false;
                        case DISK ->
                                extent.length() >= MERGE_MAX || covered + extent.length() < length;
                        case MEMORY -> true;
                    };
            if (!stays || covered + extent.length() > length) {
                break;
            }
            kept.add(extent);
            covered += extent.length();
        }
        return kept;
    }

    /** Marks a complete file as under construction; what is stored of it stays. */
    private static Inode reopen(Transaction tx, Chain chain, String holder) {
        Inode seen = chain.target();
        Inode now =
                Tree.lock(tx, seen.id())
                        .orElseThrow(() -> new NotFound("path does not exist", chain.path()));
        if (!now.state().equals(seen.state()) || now.length() != seen.length()) {
            throw new Conflict("file changed meanwhile", chain.path());
        }
        Inode reopened = now.withState(now.state().continued());
        Tree.put(tx, reopened);
        tx.delete(FileSpaces.PERSIST, FileSpaces.key(now.id()));
        Tree.putLease(tx, now.id(), holder);
        return reopened;
    }

    private WriteTarget target(Inode inode, Chain chain, List<Extent> kept, String holder) {
        List<Extent> stored = parts.store().read(reader -> StatusBuilder.extents(reader, inode));
        int used =
                stored.stream()
                        .map(Extent::block)
                        .filter(block -> FileSpaces.inodeOf(block).equals(inode.id()))
                        .mapToInt(block -> FileSpaces.indexOf(block) + 1)
                        .max()
                        .orElse(0);
        int first = (int) Math.max(inode.state().blocksMade(), used);
        return new WriteTarget(
                inode,
                chain.path(),
                parts.mounts().find(chain.path()),
                new WriteTarget.Beginning(holder, true, kept, first));
    }

    /** Copies bytes between two positions of a file; on failure the writer is aborted. */
    private static void copy(BlockFileReader from, FileReader.ByteRange fromTo, NodeFileWriter to) {
        long length = fromTo.length() - fromTo.position();
        try {
            from.transfer(new FileReader.ByteRange(fromTo.position(), length), to::write);
        } catch (IOException e) {
            to.abort();
            throw new Unavailable("copying the file failed", from.status().path(), e);
        } catch (ForebayException e) {
            to.abort();
            throw e;
        }
    }

    void truncate(Existing existing, long length) {
        NodeFileWriter writer = resume(existing, OptionalLong.of(length), "");
        try {
            writer.close();
        } finally {
            writer.abort();
        }
    }

    void concat(Existing target, List<Existing> sources) {
        requireSources(target.path(), sources);
        List<Chain> found = new ArrayList<>();
        for (Existing source : sources) {
            requireWritable(source.caller(), source.chain());
            Permissions.requireParentWrite(source.caller(), source.chain());
            claim(source.chain().target(), source.path());
            Chain chain = source.chain();
            if (chain.target().mounted()) {
                throw new Unsupported("files of a mount cannot be concatenated", source.path());
            }
            if (chain.target().length() == 0) {
                throw new Invalid("an empty file cannot be appended", source.path());
            }
            found.add(chain);
        }
        NodeFileWriter writer = resume(target, OptionalLong.empty(), "");
        List<Joined> joined = new ArrayList<>();
        try {
            for (Chain chain : found) {
                joined.add(new Joined(chain, join(chain, writer)));
            }
            writer.closeWith(tx -> joined.forEach(each -> remove(tx, each, writer.id())));
        } finally {
            writer.abort();
        }
        joined.forEach(this::finish);
    }

    /** A source and the blocks it had. */
    private record Joined(Chain chain, List<Extent> extents) {}

    private static void requireSources(FilePath target, List<Existing> sources) {
        Set<FilePath> seen = new HashSet<>(Set.of(target));
        for (Existing source : sources) {
            if (!seen.add(source.path())) {
                throw new Invalid("a file is named twice", source.path());
            }
            if (source.path().isRoot() || !source.path().parent().equals(target.parent())) {
                throw new Invalid("files are not of one directory", source.path());
            }
        }
        if (sources.isEmpty()) {
            throw new Invalid("there is nothing to append", target);
        }
    }

    private List<Extent> join(Chain chain, NodeFileWriter writer) {
        try (BlockFileReader source = opening.open(chain, ReadType.NO_CACHE)) {
            long position = 0;
            for (Extent extent : source.extents()) {
                if (extent.place() == Extent.Place.DISK) {
                    writer.adopt(extent);
                } else {
                    long end = position + extent.length();
                    copy(source, new FileReader.ByteRange(position, end), writer);
                }
                position += extent.length();
            }
            return source.extents();
        }
    }

    private static void remove(Transaction tx, Joined joined, InodeId target) {
        Inode seen = joined.chain().target();
        Tree.lockParent(tx, seen.link().parent());
        Inode now =
                Tree.lock(tx, seen.id())
                        .filter(inode -> inode.link().equals(seen.link()))
                        .filter(inode -> inode.state().equals(seen.state()))
                        .orElseThrow(
                                () ->
                                        new Conflict(
                                                "file changed meanwhile", joined.chain().path()));
        if (SnapshotRows.showAny(tx, now.id())) {
            throw new InvalidState(
                    "a file that a snapshot shows cannot be appended to another",
                    joined.chain().path());
        }
        for (Extent extent : Tree.remove(tx, now)) {
            if (extent.place() == Extent.Place.DISK) {
                byte[] block = FileSpaces.key(extent.block());
                tx.delete(FileSpaces.BLOCK_DELETE, block);
                tx.put(FileSpaces.ADOPTED, block, FileSpaces.key(target));
            }
        }
    }

    private void finish(Joined joined) {
        Inode inode = joined.chain().target();
        parts.childrenChanged(inode.link().parent());
        List<Extent> copied =
                joined.extents().stream()
                        .filter(extent -> extent.place() != Extent.Place.DISK)
                        .toList();
        after.removal().dropBlocks(inode, copied);
    }

    /** The writer of a file that somebody has the lease of. */
    NodeFileWriter writer(InodeId file, String holder) {
        Optional<Leases.Lease> lease =
                parts.leases().find(file).filter(found -> found.holder().equals(holder));
        boolean alive = parts.store().read(reader -> Tree.path(reader, file)).isPresent();
        if (!alive) {
            lease.ifPresent(gone -> gone.writer().abort());
            throw new NotFound("file was deleted", file);
        }
        return lease.orElseThrow(() -> new Fenced("the lease of the file is over", file)).writer();
    }

    void recoverLease(Existing existing) {
        Chain chain = existing.chain();
        requireWritable(existing.caller(), chain);
        Inode inode = chain.target();
        Optional<Leases.Lease> lease = parts.leases().find(inode.id());
        if (lease.isPresent() && lease.get().holder().isEmpty()) {
            throw new InvalidState("file is being written without a lease", existing.path());
        }
        lease.ifPresentOrElse(
                found -> found.writer().closeReceived(),
                () -> after.recovery().recover(inode.id()));
    }

    /** Files with a lease below a path, by number. */
    List<LeasedFileEngine.OpenFile> open(FilePath below, InodeId after, int limit) {
        return parts.leases().held().stream()
                .filter(lease -> lease.file().value() > after.value())
                .sorted(Comparator.comparingLong(lease -> lease.file().value()))
                .flatMap(lease -> found(lease).stream())
                .filter(file -> file.path().equals(below) || below.contains(file.path()))
                .limit(limit)
                .toList();
    }

    private Optional<LeasedFileEngine.OpenFile> found(Leases.Lease lease) {
        return parts.store()
                .read(reader -> Tree.path(reader, lease.file()))
                .map(path -> new LeasedFileEngine.OpenFile(lease.file(), path, lease.holder()));
    }

    /** Ends leases that were not renewed for too long, and those of files that are gone. */
    void expireLeases() {
        for (Leases.Lease lease : parts.leases().held()) {
            try {
                expire(lease);
            } catch (ForebayException e) {
                LOG.warn("lease not ended, will be tried again file={}", lease.file(), e);
            }
        }
    }

    private void expire(Leases.Lease lease) {
        boolean alive = parts.store().read(reader -> Tree.path(reader, lease.file())).isPresent();
        if (!alive) {
            lease.writer().abort();
        } else if (lease.idle(parts.config().leaseHardLimit())) {
            LOG.info("lease is over holder={} file={}", lease.holder(), lease.file());
            lease.writer().closeReceived();
        }
    }

    /** Makes what was flushed durable, before the process ends. */
    void syncFlushed() {
        for (Leases.Lease lease : parts.leases().held()) {
            try {
                lease.writer().syncFlushed();
            } catch (ForebayException e) {
                LOG.warn("flushed bytes may be lost file={}", lease.file(), e);
            }
        }
    }
}
