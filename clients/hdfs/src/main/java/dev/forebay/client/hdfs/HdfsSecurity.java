package dev.forebay.client.hdfs;

import dev.forebay.client.AccessList;
import dev.forebay.client.DelegationToken;
import dev.forebay.client.FilesException;
import dev.forebay.client.Mode;
import dev.forebay.client.Security;
import dev.forebay.client.Status;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.AclEntry;
import org.apache.hadoop.fs.permission.AclStatus;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.security.token.delegation.DelegationTokenIdentifier;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;
import org.apache.hadoop.security.token.Token;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens, access lists, attributes and encryption zones over the wires of HDFS. */
final class HdfsSecurity implements Security {
    private final HdfsFiles client;
    private final FileSystem files;
    private final Optional<DelegationToken> own;

    HdfsSecurity(HdfsFiles client, Optional<DelegationToken> own) {
        this.client = client;
        this.files = client.files();
        this.own = own;
    }

    /**
     * A token of Hadoop.
     *
     * @throws FilesException.InvalidArgument when the text is none
     */
    static Token<DelegationTokenIdentifier> decode(DelegationToken token) {
        Token<DelegationTokenIdentifier> decoded = new Token<>();
        try {
            decoded.decodeFromUrlString(token.text());
            return decoded;
        } catch (IOException | RuntimeException e) {
            throw FilesException.of(Status.INVALID_ARGUMENT, "not a delegation token", "", e);
        }
    }

    @Override
    public DelegationToken delegationToken(String renewer) {
        return HdfsErrors.call(
                "a delegation token",
                () -> {
                    Token<?> token = files.getDelegationToken(renewer);
                    if (token == null) {
                        throw client.unsupported("a delegation token, since the service has none");
                    }
                    return new DelegationToken(token.encodeToUrlString());
                });
    }

    @Override
    public long renewToken(DelegationToken token) {
        Token<DelegationTokenIdentifier> decoded = decode(token);
        return HdfsErrors.call(
                "a delegation token",
                () ->
                        switch (files) {
                            case DistributedFileSystem hdfs ->
                                    hdfs.getClient().getNamenode().renewDelegationToken(decoded);
                            case WebHdfsFileSystem web -> web.renewDelegationToken(decoded);
                            default -> throw client.unsupported("renewToken");
                        });
    }

    @Override
    public long renewToken() {
        return renewToken(ownToken());
    }

    @Override
    public void cancelToken(DelegationToken token) {
        Token<DelegationTokenIdentifier> decoded = decode(token);
        HdfsErrors.run(
                "a delegation token",
                () -> {
                    switch (files) {
                        case DistributedFileSystem hdfs ->
                                hdfs.getClient().getNamenode().cancelDelegationToken(decoded);
                        case WebHdfsFileSystem web -> web.cancelDelegationToken(decoded);
                        default -> throw client.unsupported("cancelToken");
                    }
                });
    }

    @Override
    public void cancelToken() {
        cancelToken(ownToken());
    }

    private DelegationToken ownToken() {
        return own.orElseThrow(
                () ->
                        FilesException.of(
                                Status.FAILED_PRECONDITION,
                                "this client was connected without a token",
                                ""));
    }

    @Override
    public List<EncryptionZone> encryptionZones() {
        var hdfs = client.distributed().orElseThrow(() -> client.unsupported("encryptionZones"));
        return HdfsErrors.call(
                "encryption zones",
                () -> {
                    List<EncryptionZone> zones = new ArrayList<>();
                    RemoteIterator<org.apache.hadoop.hdfs.protocol.EncryptionZone> all =
                            hdfs.listEncryptionZones();
                    while (all.hasNext()) {
                        var zone = all.next();
                        zones.add(new EncryptionZone(zone.getPath(), zone.getKeyName()));
                    }
                    return List.copyOf(zones);
                });
    }

    @Override
    public AccessList acl(String path) {
        Path wanted = HdfsPaths.of(path);
        AclStatus status = HdfsErrors.call(path, () -> files.getAclStatus(wanted));
        return new AccessList(
                status.getOwner(),
                status.getGroup(),
                Mode.of(status.getPermission().toShort()),
                status.getEntries().stream()
                        .map(entry -> AccessList.Entry.parse(entry.toStringStable()))
                        .toList());
    }

    @Override
    public void setAcl(String path, List<AccessList.Entry> entries) {
        Path wanted = HdfsPaths.of(path);
        if (entries.isEmpty()) {
            HdfsErrors.run(path, () -> files.removeAcl(wanted));
            return;
        }
        List<AclEntry> whole =
                acl(path).complete(entries).stream()
                        .map(entry -> AclEntry.parseAclEntry(entry.toString(), true))
                        .toList();
        HdfsErrors.run(path, () -> files.setAcl(wanted, whole));
    }

    @Override
    public Map<String, byte[]> extendedAttributes(String path) {
        Path wanted = HdfsPaths.of(path);
        return HdfsErrors.call(path, () -> Map.copyOf(files.getXAttrs(wanted)));
    }

    @Override
    public void setExtendedAttribute(String path, String name, byte[] value) {
        Path wanted = HdfsPaths.of(path);
        HdfsErrors.run(path, () -> files.setXAttr(wanted, name, value));
    }

    @Override
    public void removeExtendedAttribute(String path, String name) {
        Path wanted = HdfsPaths.of(path);
        HdfsErrors.run(path, () -> files.removeXAttr(wanted, name));
    }
}
