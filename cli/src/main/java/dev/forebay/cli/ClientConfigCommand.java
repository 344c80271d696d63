package dev.forebay.cli;

import dev.forebay.client.FilesException;
import dev.forebay.client.Gateway;
import dev.forebay.client.Status;
import dev.forebay.client.rest.Json;
import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Writes what HDFS clients read their settings from. */
@Command(
        name = "client-config",
        description = {
            "Write core-site.xml and hdfs-site.xml for Hadoop and HDFS clients of the node.",
            "Point HADOOP_CONF_DIR at the folder."
        })
final class ClientConfigCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-f", "--force"},
            description = "Replace files that are there.")
    private boolean force;

    @Parameters(paramLabel = "DIR", description = "The folder, made where it is missing.")
    private Path folder = Path.of("conf");

    ClientConfigCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Gateway> gateways = session.forebay().gateways();
        Gateway hdfs =
                find(gateways, "hdfs")
                        .orElseThrow(
                                () ->
                                        FilesException.of(
                                                Status.UNIMPLEMENTED,
                                                "the node has this gateway turned off",
                                                "hdfs"));
        Map<String, String> core = new LinkedHashMap<>();
        core.put("fs.defaultFS", "hdfs://" + address(hdfs));
        // for programs that have forebay-hadoop on their class path
        core.put("fs.forebay.impl", "dev.forebay.hadoop.ForebayFileSystem");
        core.put("fs.AbstractFileSystem.forebay.impl", "dev.forebay.hadoop.Forebay");
        Map<String, String> names = new LinkedHashMap<>();
        find(gateways, "webhdfs").ifPresent(web -> names.put("dfs.http.address", address(web)));
        find(gateways, "hdfs-local")
                .ifPresent(
                        local -> {
                            names.put("dfs.client.read.shortcircuit", "true");
                            names.put("dfs.domain.socket.path", local.host());
                        });
        // one node keeps one copy, and can name no other when writing fails
        names.put("dfs.replication", "1");
        names.put("dfs.client.block.write.replace-datanode-on-failure.policy", "NEVER");
        protect(protection(), core, names);
        write("core-site.xml", core);
        write("hdfs-site.xml", names);
        return session.exitCode();
    }

    /** What the node wants to be done to bytes on their way; empty for nothing. */
    private String protection() {
        Json configuration = StatusCommand.parse(session.forebay().status()).field("configuration");
        return configuration.field("hdfs.protection").text().orElse("");
    }

    /** What a client must ask for so that the node takes its calls and its bytes. */
    private static void protect(
            String protection, Map<String, String> core, Map<String, String> names) {
        switch (protection) {
            case "integrity" -> {
                core.put("hadoop.rpc.protection", protection);
                // Hadoop's client protects bytes only where it takes the cluster for guarded
                core.put("hadoop.security.authentication", "kerberos");
                names.put("dfs.data.transfer.protection", protection);
            }
            case "privacy" -> {
                core.put("hadoop.rpc.protection", protection);
                names.put("dfs.encrypt.data.transfer", "true");
                names.put("dfs.encrypt.data.transfer.cipher.suites", "AES/CTR/NoPadding");
            }
            default -> {}
        }
    }

    private static Optional<Gateway> find(List<Gateway> gateways, String name) {
        return gateways.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static String address(Gateway gateway) {
        return gateway.host() + ":" + gateway.port();
    }

    private void write(String name, Map<String, String> properties) {
        Path file = folder.resolve(name);
        if (!force && Files.exists(file)) {
            throw FilesException.of(
                    Status.ALREADY_EXISTS, "file exists; --force replaces it", file.toString());
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(file, xml(properties));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        session.entry(new JsonOutput().text("file", file.toString()), file.toString());
    }

    private static String xml(Map<String, String> properties) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<configuration>\n");
        properties.forEach(
                (name, value) ->
                        xml.append("  <property><name>")
                                .append(name)
                                .append("</name><value>")
                                .append(value)
                                .append("</value></property>\n"));
        return xml.append("</configuration>\n").toString();
    }
}
