package dev.forebay.gateway.webhdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.files.Acl;
import dev.forebay.files.FileStatus;
import dev.forebay.files.LeasedFileEngine;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The operations of access control lists. */
final class AclOperations {
    private static final String RIGHTS = "rwx";
    private static final String SPECIFICATION = "aclspec";

    private final LeasedFileEngine engine;

    AclOperations(LeasedFileEngine engine) {
        this.engine = engine;
    }

    void status(Call call, FilePath path) throws IOException {
        FileStatus.Access access = engine.stat(call.caller(), path, MetadataLoad.ONCE).access();
        call.answer(
                "AclStatus",
                json -> {
                    json.writeStartObject().writeArrayPropertyStart("entries");
                    access.acl().entries().forEach(entry -> json.writeString(entry.text()));
                    json.writeEndArray()
                            .writeStringProperty("group", access.group())
                            .writeStringProperty("owner", access.owner())
                            .writeStringProperty("permission", Integer.toOctalString(access.mode()))
                            .writeBooleanProperty("stickyBit", access.sticky())
                            .writeEndObject();
                });
    }

    void modify(Call call, FilePath path) throws IOException {
        change(call, path, new Acl.Change.Merge(entries(call, AclOperations::withRights)));
    }

    void remove(Call call, FilePath path) throws IOException {
        change(call, path, new Acl.Change.Remove(entries(call, AclOperations::anyRights)));
    }

    void removeDefaults(Call call, FilePath path) throws IOException {
        change(call, path, new Acl.Change.RemoveDefaults());
    }

    void clear(Call call, FilePath path) throws IOException {
        change(call, path, new Acl.Change.Clear());
    }

    void replace(Call call, FilePath path) throws IOException {
        change(call, path, new Acl.Change.Replace(entries(call, AclOperations::withRights)));
    }

    private void change(Call call, FilePath path, Acl.Change change) throws IOException {
        engine.changeAcl(call.caller(), path, change);
        call.done();
    }

    private static List<Acl.Entry> entries(Call call, Function<String, Acl.Entry> parse) {
        Parameters parameters = call.parameters();
        if (parameters.text(SPECIFICATION).isEmpty()) {
            throw Parameters.missing(SPECIFICATION);
        }
        return parameters.items(SPECIFICATION).map(parse).toList();
    }

    private static Acl.Entry withRights(String text) {
        return parse(text, true);
    }

    private static Acl.Entry anyRights(String text) {
        return parse(text, false);
    }

    /** Reads {@code [default:]kind:name:rights}; the rights are three of {@code rwx} and -. */
    private static Acl.Entry parse(String text, boolean needsRights) {
        boolean ofDefault = text.toLowerCase(Locale.ROOT).startsWith("default:");
        String[] parts = text.substring(ofDefault ? "default:".length() : 0).split(":", -1);
        boolean complete = parts.length == 3 || (parts.length == 2 && !needsRights);
        if (!complete) {
            throw Parameters.wrong(SPECIFICATION, text, "not kind:name:rights");
        }
        Acl.Kind kind =
                switch (parts[0].toLowerCase(Locale.ROOT)) {
                    case "user" -> Acl.Kind.USER;
                    case "group" -> Acl.Kind.GROUP;
                    case "mask" -> Acl.Kind.MASK;
                    case "other" -> Acl.Kind.OTHER;
                    default ->
                            throw Parameters.wrong(
                                    SPECIFICATION, text, "not of user, group, mask or other");
                };
        boolean named = kind == Acl.Kind.USER || kind == Acl.Kind.GROUP;
        if (!named && !parts[1].isEmpty()) {
            throw Parameters.wrong(SPECIFICATION, text, "an entry that has no name");
        }
        int rights = needsRights || parts.length == 3 ? rights(parts[2], needsRights, text) : 0;
        return new Acl.Entry(
                ofDefault ? Acl.Scope.DEFAULT : Acl.Scope.ACCESS, kind, parts[1], rights);
    }

    private static int rights(String word, boolean needed, String text) {
        if (word.isEmpty() && !needed) {
            return 0;
        }
        if (word.length() != RIGHTS.length()) {
            throw Parameters.wrong(SPECIFICATION, text, "without rights such as r-x");
        }
        int rights = 0;
        for (int i = 0; i < RIGHTS.length(); i++) {
            if (word.charAt(i) == RIGHTS.charAt(i)) {
                rights |= 4 >> i;
            } else if (word.charAt(i) != '-') {
                throw Parameters.wrong(SPECIFICATION, text, "without rights such as r-x");
            }
        }
        return rights;
    }
}
