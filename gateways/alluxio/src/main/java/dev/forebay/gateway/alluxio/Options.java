package dev.forebay.gateway.alluxio;

import dev.forebay.base.MetadataLoad;
import dev.forebay.base.ReadType;
import dev.forebay.base.TtlAction;
import dev.forebay.base.WriteType;
import dev.forebay.files.AttributeChange;
import dev.forebay.files.CreateOptions;
import dev.forebay.files.DeleteOptions;
import dev.forebay.files.FileEngine;
import dev.forebay.files.FileStatus;
import dev.forebay.files.MountRequest;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Turns option objects into the engine's. Absent members leave the choice to the engine. */
final class Options {
    // file_system_master.proto: WritePType. TRY_CACHE and NONE are kept from losing data.
    private static final Map<String, WriteType> WRITE_TYPES =
            Map.ofEntries(
                    Map.entry("MUST_CACHE", WriteType.MUST_CACHE),
                    Map.entry("1", WriteType.MUST_CACHE),
                    Map.entry("TRY_CACHE", WriteType.CACHE_THROUGH),
                    Map.entry("2", WriteType.CACHE_THROUGH),
                    Map.entry("CACHE_THROUGH", WriteType.CACHE_THROUGH),
                    Map.entry("3", WriteType.CACHE_THROUGH),
                    Map.entry("THROUGH", WriteType.THROUGH),
                    Map.entry("4", WriteType.THROUGH),
                    Map.entry("ASYNC_THROUGH", WriteType.ASYNC_THROUGH),
                    Map.entry("5", WriteType.ASYNC_THROUGH),
                    Map.entry("NONE", WriteType.THROUGH),
                    Map.entry("6", WriteType.THROUGH));

    // file_system_master.proto: ReadPType
    private static final Map<String, ReadType> READ_TYPES =
            Map.of(
                    "NO_CACHE", ReadType.NO_CACHE,
                    "1", ReadType.NO_CACHE,
                    "CACHE", ReadType.CACHE,
                    "2", ReadType.CACHE,
                    "CACHE_PROMOTE", ReadType.CACHE_PROMOTE,
                    "3", ReadType.CACHE_PROMOTE);

    // common.proto: TtlAction. DELETE_ALLUXIO gives up the copy and keeps what lies below.
    private static final Map<String, TtlAction> TTL_ACTIONS =
            Map.of(
                    "DELETE", TtlAction.DELETE,
                    "0", TtlAction.DELETE,
                    "FREE", TtlAction.FREE,
                    "1", TtlAction.FREE,
                    "DELETE_ALLUXIO", TtlAction.FREE,
                    "2", TtlAction.FREE);

    // file_system_master.proto: LoadMetadataPType
    private static final Map<String, MetadataLoad> LOADS =
            Map.of(
                    "NEVER", MetadataLoad.NEVER,
                    "0", MetadataLoad.NEVER,
                    "ONCE", MetadataLoad.ONCE,
                    "1", MetadataLoad.ONCE,
                    "ALWAYS", MetadataLoad.ALWAYS,
                    "2", MetadataLoad.ALWAYS);

    // file_system_master.proto: Bits; the octal digit
    private static final Map<String, Integer> BITS =
            Map.ofEntries(
                    Map.entry("NONE", 0),
                    Map.entry("0", 0),
                    Map.entry("EXECUTE", 1),
                    Map.entry("1", 1),
                    Map.entry("WRITE", 2),
                    Map.entry("2", 2),
                    Map.entry("WRITE_EXECUTE", 3),
                    Map.entry("3", 3),
                    Map.entry("READ", 4),
                    Map.entry("4", 4),
                    Map.entry("READ_EXECUTE", 5),
                    Map.entry("5", 5),
                    Map.entry("READ_WRITE", 6),
                    Map.entry("6", 6),
                    Map.entry("ALL", 7),
                    Map.entry("7", 7));

    private Options() {}

    static CreateOptions directory(OptionBody body) {
        return create(body, body.flag("allowExists"));
    }

    static CreateOptions file(OptionBody body) {
        return create(body, body.flag("overwrite"));
    }

    static DeleteOptions delete(OptionBody body) {
        return new DeleteOptions(body.flag("recursive"), body.flag("alluxioOnly"));
    }

    static FileEngine.FreeOptions free(OptionBody body) {
        return new FileEngine.FreeOptions(body.flag("recursive"), body.flag("forced"));
    }

    static FileEngine.ListOptions list(OptionBody body) {
        return new FileEngine.ListOptions(body.flag("recursive"), load(body));
    }

    static ReadType readType(OptionBody body) {
        return body.word("readType", READ_TYPES).orElse(ReadType.CACHE);
    }

    /**
     * An interval of 0 or more asks for a comparison with the mounted store; any may be fresher.
     */
    static MetadataLoad load(OptionBody body) {
        if (body.object("commonOptions").whole("syncIntervalMs").orElse(-1) >= 0) {
            return MetadataLoad.SYNC;
        }
        return body.word("loadMetadataType", LOADS).orElse(MetadataLoad.ONCE);
    }

    static MountRequest mount(OptionBody body, String source) {
        return new MountRequest(
                source, body.texts("properties"), body.flag("readOnly"), body.flag("shared"));
    }

    static AttributeChange change(OptionBody body) {
        return new AttributeChange(
                body.text("owner"),
                body.text("group"),
                mode(body),
                body.findFlag("pinned"),
                ttlMillis(body),
                ttlAction(body),
                body.wholeInt("replicationMin"),
                body.wholeInt("replicationMax"),
                body.findFlag("persisted"),
                OptionalLong.empty(),
                OptionalLong.empty(),
                body.flag("recursive"));
    }

    private static CreateOptions create(OptionBody body, boolean allowExists) {
        return new CreateOptions(
                body.flag("recursive"),
                allowExists,
                mode(body),
                body.word("writeType", WRITE_TYPES),
                ttl(body),
                body.whole("blockSizeBytes"),
                body.wholeInt("replicationMin"),
                body.wholeInt("replicationMax"),
                body.wholeInt("replicationDurable"));
    }

    private static Optional<FileStatus.Ttl> ttl(OptionBody body) {
        OptionalLong millis = ttlMillis(body);
        Optional<TtlAction> action = ttlAction(body);
        return millis.isEmpty() && action.isEmpty()
                ? Optional.empty()
                : Optional.of(new FileStatus.Ttl(millis.orElse(-1), action.orElse(TtlAction.FREE)));
    }

    /** Clients of 1.x send it at the top, those of 2.x in the common options. */
    private static OptionalLong ttlMillis(OptionBody body) {
        return body.has("ttl") ? body.whole("ttl") : body.object("commonOptions").whole("ttl");
    }

    private static Optional<TtlAction> ttlAction(OptionBody body) {
        return body.has("ttlAction")
                ? body.word("ttlAction", TTL_ACTIONS)
                : body.object("commonOptions").word("ttlAction", TTL_ACTIONS);
    }

    private static OptionalInt mode(OptionBody body) {
        if (!body.has("mode")) {
            return OptionalInt.empty();
        }
        OptionBody mode = body.object("mode");
        int bits = 0;
        for (String name : new String[] {"ownerBits", "groupBits", "otherBits"}) {
            bits = bits * 8 + mode.word(name, BITS).orElse(0);
        }
        return OptionalInt.of(bits);
    }
}
