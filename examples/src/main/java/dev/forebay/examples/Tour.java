package dev.forebay.examples;

import dev.forebay.base.TtlAction;
import dev.forebay.base.WriteType;
import dev.forebay.client.CreateDirectoryOptions;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileTools;
import dev.forebay.client.FileWriter;
import dev.forebay.client.MountOptions;
import dev.forebay.client.Mounts;
import dev.forebay.client.Residency;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** What most programs do with files, over whichever client they are given. */
final class Tour {
    private final FileClient files;
    private final PrintStream out;

    Tour(FileClient files, PrintStream out) {
        this.files = files;
        this.out = out;
    }

    /** Writes, lists, reads, pins, expires, and mounts a folder of the node's host. */
    void run(Path folder) {
        write();
        list();
        read();
        keepInMemory();
        mount(folder);
    }

    private void write() {
        files.createDirectory("/tour", CreateDirectoryOptions.RECURSIVE);
        // on the node's disk and in its memory when close returns
        CreateOptions options =
                CreateOptions.DEFAULT.withOverwrite(true).withWriteType(WriteType.CACHE_THROUGH);
        try (FileWriter writer = files.create("/tour/greeting", options)) {
            writer.write(StandardCharsets.UTF_8.encode("Hello, Forebay\n"));
        }
    }

    private void list() {
        try (var listed = files.list("/tour")) {
            listed.forEach(file -> out.println(file.path() + " " + file.length()));
        }
    }

    private void read() {
        try (var lines = new FileTools(files).lines("/tour/greeting")) {
            lines.forEach(out::println);
        }
    }

    private void keepInMemory() {
        Residency residency = files.as(Residency.class);
        residency.pin("/tour/greeting");
        residency.expire("/tour/greeting", Duration.ofHours(1).toMillis(), TtlAction.DELETE);
        out.println("pinned " + files.stat("/tour/greeting").residence().pinned());
    }

    private void mount(Path folder) {
        Mounts mounts = files.as(Mounts.class);
        mounts.mount("/tour/mounted", folder.toString(), MountOptions.DEFAULT.withReadOnly(true));
        try (var listed = files.list("/tour/mounted")) {
            listed.forEach(file -> out.println(file.path()));
        }
        mounts.unmount("/tour/mounted");
    }
}
