package dev.forebay.node;

import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.client.AccessList;
import dev.forebay.client.Bits;
import dev.forebay.client.DelegationToken;
import dev.forebay.client.Mode;
import dev.forebay.client.Security;
import dev.forebay.files.Acl;
import dev.forebay.files.AttributeWrite;
import dev.forebay.files.ExtendedAttribute;
import dev.forebay.files.FileStatus;
import dev.forebay.files.LeasedFileEngine;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Access lists and attributes of the engine of the same process. Tokens stand in for a user on a
 * wire; there is none here.
 */
final class EmbeddedSecurity implements Security {
    private static final String TOKENS = "delegation tokens";

    private final LeasedFileEngine engine;
    private final Principal caller;

    EmbeddedSecurity(LeasedFileEngine engine, Principal caller) {
        this.engine = engine;
        this.caller = caller;
    }

    @Override
    public DelegationToken delegationToken(String renewer) {
        throw EmbeddedFiles.unsupported(TOKENS);
    }

    @Override
    public long renewToken(DelegationToken token) {
        throw EmbeddedFiles.unsupported(TOKENS);
    }

    @Override
    public long renewToken() {
        throw EmbeddedFiles.unsupported(TOKENS);
    }

    @Override
    public void cancelToken(DelegationToken token) {
        throw EmbeddedFiles.unsupported(TOKENS);
    }

    @Override
    public void cancelToken() {
        throw EmbeddedFiles.unsupported(TOKENS);
    }

    /** None: the engine encrypts nothing. */
    @Override
    public List<EncryptionZone> encryptionZones() {
        return List.of();
    }

    @Override
    public AccessList acl(String path) {
        FileStatus.Access access =
                EmbeddedErrors.call(
                                () ->
                                        engine.stat(
                                                caller,
                                                EmbeddedFiles.parse(path),
                                                MetadataLoad.ONCE))
                        .access();
        return new AccessList(
                access.owner(),
                access.group(),
                Mode.of(access.mode()),
                access.acl().entries().stream().map(EmbeddedSecurity::entry).toList());
    }

    private static AccessList.Entry entry(Acl.Entry entry) {
        return new AccessList.Entry(
                entry.scope() == Acl.Scope.DEFAULT,
                kind(entry.kind()),
                entry.name(),
                Bits.of(entry.rights()));
    }

    private static AccessList.Kind kind(Acl.Kind kind) {
        return switch (kind) {
            case USER -> AccessList.Kind.USER;
            case GROUP -> AccessList.Kind.GROUP;
            case MASK -> AccessList.Kind.MASK;
            case OTHER -> AccessList.Kind.OTHER;
        };
    }

    @Override
    public void setAcl(String path, List<AccessList.Entry> entries) {
        AccessList before = acl(path);
        EmbeddedErrors.run(
                () ->
                        engine.changeAcl(
                                caller,
                                EmbeddedFiles.parse(path),
                                entries.isEmpty()
                                        ? new Acl.Change.Clear()
                                        : replacing(before.complete(entries))));
    }

    private static Acl.Change replacing(List<AccessList.Entry> entries) {
        return new Acl.Change.Replace(entries.stream().map(EmbeddedSecurity::entry).toList());
    }

    private static Acl.Entry entry(AccessList.Entry entry) {
        Acl.Kind kind =
                switch (entry.kind()) {
                    case USER -> Acl.Kind.USER;
                    case GROUP -> Acl.Kind.GROUP;
                    case MASK -> Acl.Kind.MASK;
                    case OTHER -> Acl.Kind.OTHER;
                };
        return new Acl.Entry(
                entry.inherited() ? Acl.Scope.DEFAULT : Acl.Scope.ACCESS,
                kind,
                entry.name(),
                entry.bits().digit());
    }

    @Override
    public Map<String, byte[]> extendedAttributes(String path) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        EmbeddedErrors.call(() -> engine.extendedAttributes(caller, EmbeddedFiles.parse(path)))
                .forEach(attribute -> values.put(attribute.name(), bytes(attribute)));
        return Collections.unmodifiableMap(values);
    }

    private static byte[] bytes(ExtendedAttribute attribute) {
        ByteBuffer value = attribute.value().duplicate();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return bytes;
    }

    @Override
    public void setExtendedAttribute(String path, String name, byte[] value) {
        ExtendedAttribute attribute = new ExtendedAttribute(name, ByteBuffer.wrap(value.clone()));
        EmbeddedErrors.run(
                () ->
                        engine.setExtendedAttribute(
                                caller,
                                EmbeddedFiles.parse(path),
                                attribute,
                                AttributeWrite.CREATE_OR_REPLACE));
    }

    @Override
    public void removeExtendedAttribute(String path, String name) {
        EmbeddedErrors.run(
                () -> engine.removeExtendedAttribute(caller, EmbeddedFiles.parse(path), name));
    }
}
