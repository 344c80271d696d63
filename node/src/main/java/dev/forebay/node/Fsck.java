package dev.forebay.node;

import dev.forebay.base.Clock;
import dev.forebay.base.DirectoryLock;
import dev.forebay.base.LocalDisk;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.NotFound;
import dev.forebay.block.DiskBlockStore;
import dev.forebay.files.NamespaceCheck;
import dev.forebay.meta.RocksMetaStore;
import dev.forebay.meta.RocksSettings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Checks the data folder of a node that is stopped: 0 when nothing is damaged, 1 otherwise. */
@Command(
        name = "fsck",
        mixinStandardHelpOptions = true,
        description =
                "Checks the data of a stopped node: names, inodes, blocks and their checksums.")
final class Fsck implements Callable<Integer> {
    @Mixin private NodeOptions options = new NodeOptions();

    @Option(names = "--quick", description = "leaves the bytes of blocks unread")
    private boolean quick;

    @Option(names = "--json", description = "prints one JSON object per line")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path data = options.config().data();
        if (!Files.isDirectory(data.resolve("meta"))) {
            throw new NotFound("no data of a node is here; name its folder with --data", data);
        }
        try (DirectoryLock lock = DirectoryLock.acquire(data);
                RocksMetaStore meta =
                        RocksMetaStore.open(
                                data.resolve("meta"),
                                Node.spaces(),
                                RocksSettings.standard(),
                                Clock.system());
                DiskBlockStore blocks =
                        DiskBlockStore.open(new LocalDisk(), data.resolve("blocks"))) {
            assert lock != null;
            if (!quick) {
                meta.verify((_, _, _) -> {});
            }
            NamespaceCheck.Report report =
                    NamespaceCheck.run(meta, blocks, !quick, finding -> print(out, finding));
            print(out, report);
            return report.damaged() == 0 ? 0 : 1;
        } catch (Corrupt e) {
            print(
                    out,
                    new NamespaceCheck.Finding(
                            NamespaceCheck.Severity.DAMAGE, e.subject(), e.reason()));
            return 1;
        }
    }

    private void print(PrintWriter out, NamespaceCheck.Finding finding) {
        if (json) {
            out.printf(
                    "{\"severity\":\"%s\",\"subject\":\"%s\",\"text\":\"%s\"}%n",
                    finding.severity(), escaped(finding.subject()), escaped(finding.text()));
        } else {
            out.printf("%s %s: %s%n", finding.severity(), finding.subject(), finding.text());
        }
        out.flush();
    }

    private void print(PrintWriter out, NamespaceCheck.Report report) {
        if (json) {
            out.printf(
                    "{\"files\":%d,\"directories\":%d,\"bytes\":%d,\"damaged\":%d}%n",
                    report.files(), report.directories(), report.bytes(), report.damaged());
        } else {
            out.printf(
                    "%d files, %d directories, %d bytes: %s%n",
                    report.files(),
                    report.directories(),
                    report.bytes(),
                    report.damaged() == 0 ? "no damage" : report.damaged() + " damaged");
        }
        out.flush();
    }

    private static String escaped(String text) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                result.append('\\').append(c);
            } else if (c < ' ') {
                result.append("\\u%04x".formatted((int) c));
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }
}
