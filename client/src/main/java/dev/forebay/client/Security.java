package dev.forebay.client;

import java.util.List;
import java.util.Map;

/** Tokens, access lists, attributes, encryption. Asked for by {@link FileClient#as}. */
public interface Security {
    /**
     * Issues a token that stands in for the caller.
     *
     * @param renewer the user who alone may renew it
     * @throws FilesException.Unimplemented when the service issues none
     */
    DelegationToken delegationToken(String renewer);

    /**
     * Extends the life of a token.
     *
     * @return when it ends, in milliseconds since 1970
     * @throws FilesException.Unauthenticated when it is not known or over
     * @throws FilesException.PermissionDenied for another than its renewer
     */
    long renewToken(DelegationToken token);

    /**
     * Extends the life of the token that this client was connected with.
     *
     * @return when it ends, in milliseconds since 1970
     * @throws FilesException.FailedPrecondition when there was none
     */
    long renewToken();

    /**
     * Ends a token.
     *
     * @throws FilesException.Unauthenticated when it is not known
     * @throws FilesException.PermissionDenied for another than its owner and its renewer
     */
    void cancelToken(DelegationToken token);

    /**
     * Ends the token that this client was connected with.
     *
     * @throws FilesException.FailedPrecondition when there was none
     */
    void cancelToken();

    /**
     * The directories whose files are encrypted.
     *
     * @throws FilesException.Unimplemented when the service does not tell
     * @throws FilesException.PermissionDenied for others than superusers
     */
    List<EncryptionZone> encryptionZones();

    /**
     * A directory whose files are encrypted.
     *
     * @param path of the directory
     * @param keyName of its key
     */
    record EncryptionZone(String path, String keyName) {}

    /** Who may do what beyond the mode. */
    AccessList acl(String path);

    /**
     * Replaces the access list. Entries of the owner, the group and others that are not given stay
     * as they are, as do those for what is made in a directory when none of them is given; without
     * any entry the whole list is removed.
     *
     * @throws FilesException.InvalidArgument for entries that contradict each other, and default
     *     entries of a file
     */
    void setAcl(String path, List<AccessList.Entry> entries);

    /**
     * The extended attributes that the caller may see.
     *
     * @return values by names such as {@code user.origin}
     */
    Map<String, byte[]> extendedAttributes(String path);

    /**
     * Sets an extended attribute, whether it is there or not.
     *
     * @param name with its namespace, such as {@code user.origin}
     * @throws FilesException.InvalidArgument for a name without a namespace
     * @throws FilesException.PermissionDenied for a namespace that is not the caller's
     */
    void setExtendedAttribute(String path, String name, byte[] value);

    /**
     * Removes an extended attribute.
     *
     * @throws FilesException.Unknown when it is not there
     */
    void removeExtendedAttribute(String path, String name);
}
