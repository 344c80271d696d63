package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Name;
import dev.forebay.base.Principal;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The namespace with files under construction that others can see: leases, append, flush, truncate,
 * concat, and what else HDFS clients ask for.
 *
 * <p>A lease is held by a name that its client chooses. Who holds one renews it; a lease not
 * renewed for the soft limit may be taken by another, after the hard limit the file is completed
 * with the bytes it has.
 */
public interface LeasedFileEngine extends FileEngine {
    /**
     * Makes a file as {@link #create(Principal, FilePath, CreateOptions)} does, with a lease.
     *
     * @param holder who writes, not empty
     * @throws dev.forebay.base.error.LeaseHeld when the file is there and somebody writes it whose
     *     lease is within the soft limit, unless it is to be replaced
     */
    LeasedWriter create(Principal caller, FilePath path, CreateOptions options, String holder);

    /**
     * Continues a file. Until the writer is closed readers see what was there, and what is flushed.
     *
     * @param holder who writes, not empty
     * @throws dev.forebay.base.error.IsADirectory for a directory
     * @throws dev.forebay.base.error.LeaseHeld when somebody writes it whose lease is within the
     *     soft limit, the same holder included
     */
    LeasedWriter append(Principal caller, FilePath path, String holder);

    /**
     * The writer of a file under construction.
     *
     * @throws dev.forebay.base.error.NotFound when the file is gone
     * @throws dev.forebay.base.error.Fenced when {@code holder} has no lease of it: it is complete,
     *     or another one's
     */
    LeasedWriter writer(InodeId file, String holder);

    /** Renews all leases of a holder; nothing when there are none. */
    void renewLeases(String holder);

    /**
     * Ends the lease of a file, whoever has it, and completes the file with the bytes that were
     * received; nothing when it is complete.
     *
     * @throws dev.forebay.base.error.IsADirectory for a directory
     * @throws dev.forebay.base.error.InvalidState when it is being written without a lease
     */
    void recoverLease(Principal caller, FilePath path);

    /**
     * Opens one block, of a complete file or flushed. Asks for no permission: who knows the id was
     * told it by {@link #stat}.
     *
     * @return a reader whose position 0 is the first byte of the block
     * @throws dev.forebay.base.error.NotFound when there is no such block
     */
    FileReader openBlock(BlockId block);

    /**
     * Cuts a file; the rest is gone when this returns.
     *
     * @param length bytes to keep, 0 up to those the file has
     * @throws dev.forebay.base.error.Invalid when the file is shorter
     * @throws dev.forebay.base.error.LeaseHeld while it is being written
     * @throws dev.forebay.base.error.IsADirectory for a directory
     */
    void truncate(Principal caller, FilePath path, long length);

    /**
     * Appends complete files of the same directory to another and removes them, all at once.
     *
     * @param sources in order, each once, without the target
     * @throws dev.forebay.base.error.Invalid when there are none, when one is the target, named
     *     twice, empty or of another directory
     * @throws dev.forebay.base.error.LeaseHeld while one is being written
     * @throws dev.forebay.base.error.Unsupported below a mount
     */
    void concat(Principal caller, FilePath target, List<FilePath> sources);

    /**
     * Renames, in one step, over what is at the target: a file over a file, a directory over an
     * empty directory. Without something there as {@link #rename(Principal, FilePath, FilePath)}.
     *
     * @throws dev.forebay.base.error.Invalid a file over a directory or the other way round
     * @throws dev.forebay.base.error.NotEmpty over a directory with children
     */
    void replace(Principal caller, FilePath source, FilePath target);

    /**
     * Stores how many copies the file's owner wishes; there is one.
     *
     * @param replication 1 to 32,767
     * @return false for a directory
     */
    boolean setReplication(Principal caller, FilePath path, int replication);

    /**
     * Changes the access control list, which {@link FileStatus#access} tells. Only the owner may.
     *
     * @throws dev.forebay.base.error.Invalid when the list would not be well formed: default
     *     entries of a file, over 32 entries of a scope, one given twice, a mask missing
     */
    void changeAcl(Principal caller, FilePath path, Acl.Change change);

    /**
     * The extended attributes that the caller may know of, in the order of names; needs the right
     * to read.
     */
    List<ExtendedAttribute> extendedAttributes(Principal caller, FilePath path);

    /** The names of the extended attributes that the caller may know of, in order. */
    List<String> extendedAttributeNames(Principal caller, FilePath path);

    /**
     * Sets one extended attribute: of a file, or of a directory without the sticky bit, for whoever
     * may write it; of others for the owner.
     *
     * @throws dev.forebay.base.error.Invalid for a name without one of the known namespaces, or
     *     over 16384 bytes of name and value
     * @throws dev.forebay.base.error.InvalidState when it is there, or is not, against {@code
     *     write}; when 32 are there
     * @throws dev.forebay.base.error.PermissionDenied also for a namespace that is not the caller's
     */
    void setExtendedAttribute(
            Principal caller, FilePath path, ExtendedAttribute attribute, AttributeWrite write);

    /**
     * Removes one extended attribute, for who may set it.
     *
     * @throws dev.forebay.base.error.InvalidState when it is not there
     */
    void removeExtendedAttribute(Principal caller, FilePath path, String name);

    /**
     * Limits what a directory may hold, also below what it holds now: then nothing is added until
     * enough is gone. For superusers.
     *
     * @throws dev.forebay.base.error.NotADirectory for a file
     * @throws dev.forebay.base.error.Invalid for a type of storage that is not counted
     * @throws dev.forebay.base.error.Unsupported below a mount
     */
    void setQuota(Principal caller, FilePath path, Quota.Change change);

    /**
     * Sets the storage policy of a file or directory, for who may write it. What has none of its
     * own has that of the nearest directory above; {@link FileStatus#layout} tells the one in
     * force.
     *
     * @param policy empty to have none of its own
     * @throws dev.forebay.base.error.Invalid for a file and a policy that it has from its creation
     *     on or never
     * @throws dev.forebay.base.error.InvalidState for a file that has such a policy
     */
    void setStoragePolicy(Principal caller, FilePath path, Optional<StoragePolicy> policy);

    /** Snapshots of directories. */
    Snapshots snapshots();

    /**
     * Finds where a file or directory is. Tells it to everybody; what is there is guarded by the
     * call that comes next, and may be another file by then.
     *
     * @return empty when it was never there, or is deleted
     */
    Optional<FilePath> findPath(InodeId id);

    /**
     * Stops or allows changes: while safe mode is on, whatever would change a name, an attribute or
     * a file fails with {@link dev.forebay.base.error.ReadOnly}, and background work waits. Off
     * again after a restart. For superusers.
     */
    void setSafeMode(Principal caller, boolean on);

    /** Whether safe mode is on. */
    boolean safeMode();

    /**
     * Files that somebody has a lease of, in the order of their numbers. For superusers.
     *
     * @param below the directory that they are in, at any depth, or the file itself
     * @param after the last one of the page before; 0 for the first page
     * @param limit files at most, 1 or more
     */
    List<OpenFile> openFiles(Principal caller, FilePath below, InodeId after, int limit);

    /**
     * A file under construction.
     *
     * @param id the file
     * @param path where it is
     * @param holder who writes
     */
    record OpenFile(InodeId id, FilePath path, String holder) {}

    /** Requires rights on a path: any of 4 read, 2 write, 1 execute, added. */
    void requireAccess(Principal caller, FilePath path, int rights);

    /**
     * A part of a directory, in the order of names; for a file the file itself on the first page.
     *
     * @param after the last name of the page before
     * @param limit children at most, 1 or more
     */
    Page page(Principal caller, FilePath path, MetadataLoad load, Optional<Name> after, int limit);

    /**
     * Part of a listing.
     *
     * @param children at most as many as asked for
     * @param remaining how many follow at least; 0 when there are no more
     */
    record Page(List<FileStatus> children, long remaining) {
        /** Copies the children. */
        public Page {
            children = List.copyOf(children);
        }
    }

    /** Counts what is at a path and below. */
    Summary summarize(Principal caller, FilePath path);

    /**
     * What a subtree holds.
     *
     * @param directories directories, the one asked for included
     * @param files files
     * @param length bytes of all files
     * @param replicated bytes of all files, each times its replication
     * @param types bytes that storage policies place on types of storage, without those that have 0
     * @param quota what the directory asked for may hold
     */
    record Summary(
            long directories,
            long files,
            long length,
            long replicated,
            Map<StorageType, Long> types,
            Quota quota) {
        /** Copies the map. */
        public Summary {
            types = Map.copyOf(types);
        }
    }
}
