package dev.forebay.examples;

import dev.forebay.client.AccessList;
import dev.forebay.client.BlockFiles;
import dev.forebay.client.ByteRange;
import dev.forebay.client.CreateDirectoryOptions;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.DelegationToken;
import dev.forebay.client.DeleteOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileReader;
import dev.forebay.client.FileTools;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;
import dev.forebay.client.RenameOptions;
import dev.forebay.client.Security;
import dev.forebay.client.SeekOrigin;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What programs that were written for hdfs3 do with files, over whichever client they are given.
 */
final class BlockTour {
    private static final String ROOT = "/blocks";
    private static final String LOG = ROOT + "/log.csv";

    private final FileClient files;
    private final FileTools tools;
    private final PrintStream out;

    BlockTour(FileClient files, PrintStream out) {
        this.files = files;
        this.tools = new FileTools(files);
        this.out = out;
    }

    /** Writes in three modes, reads in pieces, joins, protects, and removes all again. */
    void run() {
        files.createDirectory(ROOT, CreateDirectoryOptions.RECURSIVE);
        write();
        read();
        look();
        join();
        protect();
        tokens();
        map();
        files.delete(ROOT, DeleteOptions.RECURSIVE);
    }

    private void write() {
        CreateOptions options =
                CreateOptions.DEFAULT
                        .withOverwrite(true)
                        .withReplication(CreateOptions.Replication.of(1))
                        .withBlockSize(1 << 20);
        try (FileWriter writer = files.create(LOG, options)) {
            writer.write(StandardCharsets.UTF_8.encode("Alice, 100\n"));
            // every reader sees it from here on
            writer.hflush();
            writer.write(StandardCharsets.UTF_8.encode("Bob, 200\n"));
            // and this survives a loss of power
            writer.hsync();
        }
        try (FileWriter writer = files.append(LOG)) {
            writer.write(StandardCharsets.UTF_8.encode("Charlie, 300\n"));
        }
        files.rename(LOG, ROOT + "/part", RenameOptions.OVERWRITE);
        files.rename(ROOT + "/part", LOG);
    }

    private void read() {
        byte[] newline = {'\n'};
        show("block", tools.readBlock(LOG, new ByteRange(0, 13), newline));
        try (FileReader reader = files.open(LOG)) {
            reader.seek(-13, SeekOrigin.END);
            show("last", reader.readLine().orElseThrow());
        }
        show("head", tools.head(LOG, 5));
        show("tail", tools.tail(LOG, 4));
    }

    private void look() {
        BlockFiles blocks = files.as(BlockFiles.class);
        out.println("blocks of " + (blocks.serverDefaults().blockSize() >> 20) + " MiB");
        blocks.setReplication(LOG, 2);
        out.println("replication " + files.stat(LOG).layout().replication());
        out.println("checksum " + blocks.checksum(LOG).algorithm());
        out.println("at offset " + blocks.blockLocations(LOG).getFirst().offset());
        out.println("bytes " + tools.diskUsageTotal(ROOT, true));
        out.println("disk " + (files.usage().diskFree() > 0 ? "has room" : "is full"));
        out.println("files " + tools.glob(ROOT + "/*.csv"));
    }

    private void join() {
        BlockFiles blocks = files.as(BlockFiles.class);
        tools.copy(LOG, ROOT + "/more.csv");
        blocks.concat(LOG, List.of(ROOT + "/more.csv"));
        out.println("joined " + files.stat(LOG).length());
        // the rest is gone when it says true; a cluster may need a moment longer
        out.println("cut " + blocks.truncate(LOG, 0));
        out.println("complete " + blocks.recoverLease(LOG));
    }

    private void protect() {
        Security security = files.as(Security.class);
        security.setAcl(LOG, List.of(AccessList.Entry.parse("user:ann:rw-")));
        out.println("access " + security.acl(LOG).entries().getFirst());
        security.setExtendedAttribute(LOG, "user.origin", new byte[] {'x'});
        security.extendedAttributes(LOG).forEach((name, value) -> show(name, value));
    }

    private void tokens() {
        Security security = files.as(Security.class);
        try {
            DelegationToken token = security.delegationToken("scheduler");
            security.cancelToken(token);
            out.println("tokens are issued");
        } catch (FilesException.Unimplemented e) {
            out.println("tokens are not issued");
        }
    }

    private void map() {
        Map<String, byte[]> map = tools.asMap(ROOT + "/map");
        map.put("k", new byte[] {'v'});
        out.println("keys " + map.keySet());
    }

    private void show(String what, byte[] bytes) {
        out.println(what + " " + new String(bytes, StandardCharsets.UTF_8).strip());
    }
}
