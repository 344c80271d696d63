package dev.forebay.gateway.admin;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unsupported;
import dev.forebay.files.AttributeChange;
import dev.forebay.files.CreateOptions;
import dev.forebay.files.DeleteOptions;
import dev.forebay.files.FileEngine;
import dev.forebay.files.FileReader;
import dev.forebay.files.FileStatus;
import dev.forebay.files.FileWriter;
import dev.forebay.files.MountRequest;
import dev.forebay.files.MountStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A namespace of which only mounts, usage and load are asked; remembers what was loaded. */
final class OneMountEngine implements FileEngine {
    final List<String> loaded = new ArrayList<>();

    @Override
    public void load(Principal caller, FilePath path, boolean recursive) {
        if (path.toString().equals("/none")) {
            throw new NotFound("path does not exist", path);
        }
        loaded.add(path + " " + recursive);
    }

    @Override
    public List<MountStatus> mounts(Principal caller) {
        return List.of(
                new MountStatus(
                        2,
                        FilePath.parse("/m"),
                        "s3://key:hidden@bucket/x",
                        Set.of("s3.secret-key"),
                        true,
                        false));
    }

    @Override
    public Usage usage() {
        return new Usage(100, 40, 1000, 77);
    }

    @Override
    public FileStatus stat(Principal caller, FilePath path, MetadataLoad load) {
        throw refused();
    }

    @Override
    public boolean exists(Principal caller, FilePath path, MetadataLoad load) {
        throw refused();
    }

    @Override
    public void list(
            Principal caller, FilePath path, ListOptions options, Consumer<FileStatus> consumer) {
        throw refused();
    }

    @Override
    public FileStatus createDirectory(Principal caller, FilePath path, CreateOptions options) {
        throw refused();
    }

    @Override
    public FileWriter create(Principal caller, FilePath path, CreateOptions options) {
        throw refused();
    }

    @Override
    public FileReader open(Principal caller, FilePath path, ReadType readType) {
        throw refused();
    }

    @Override
    public void delete(Principal caller, FilePath path, DeleteOptions options) {
        throw refused();
    }

    @Override
    public void rename(Principal caller, FilePath source, FilePath target) {
        throw refused();
    }

    @Override
    public void setAttributes(Principal caller, FilePath path, AttributeChange change) {
        throw refused();
    }

    @Override
    public void free(Principal caller, FilePath path, FreeOptions options) {
        throw refused();
    }

    @Override
    public MountStatus mount(Principal caller, FilePath path, MountRequest request) {
        throw refused();
    }

    @Override
    public void unmount(Principal caller, FilePath path) {
        throw refused();
    }

    @Override
    public WriteType defaultWriteType() {
        throw refused();
    }

    @Override
    public void close() {}

    private static Unsupported refused() {
        return new Unsupported("not asked by the admin listener", "");
    }
}
