package dev.forebay.cli;

import dev.forebay.base.Clock;
import dev.forebay.client.FilesException;
import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Looks for what would trouble a node on this host. */
@Command(
        name = "doctor",
        description = {
            "Look for what would trouble a node on this host: memory, shared memory, file limits,",
            "disk space, the time a sync takes, the clock, ports."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final Map<Integer, String> PORTS =
            new TreeMap<>(
                    Map.of(
                            8020, "hdfs.port",
                            8900, "admin.port",
                            9866, "hdfs.data-port",
                            9870, "webhdfs.port",
                            39999, "alluxio.port"));

    @Mixin private final Session session;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${sys:forebay.data:-data}",
            description = "The node's data folder, ${DEFAULT-VALUE} when not told.")
    private Path data = Path.of("data");

    private final Clock clock;

    DoctorCommand(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        List<HostChecks.Finding> findings = new ArrayList<>(new HostChecks(clock).all(data));
        boolean running = running();
        findings.add(
                HostChecks.Finding.ok(
                        "node", running ? "running" : "not running, or not on this host"));
        PORTS.forEach((port, setting) -> findings.add(port(port, setting, running)));
        findings.forEach(this::print);
        boolean failed =
                findings.stream().anyMatch(finding -> finding.level() == HostChecks.Level.FAILURE);
        return (failed ? ExitCode.FAILED : ExitCode.OK).number();
    }

    private boolean running() {
        try {
            return !session.forebay().gateways().isEmpty();
        } catch (FilesException.Unavailable | FilesException.Unimplemented e) {
            return false;
        }
    }

    private static HostChecks.Finding port(int port, String setting, boolean running) {
        String check = "port " + port;
        if (HostChecks.bindable(port)) {
            return HostChecks.Finding.ok(check, "free for " + setting);
        }
        return running
                ? HostChecks.Finding.ok(check, "in use, and a node is running")
                : HostChecks.Finding.warning(
                        check,
                        "in use by something else",
                        "use another: forebay up --set " + setting + "=N");
    }

    private void print(HostChecks.Finding finding) {
        String line =
                String.format(
                        Locale.ROOT,
                        "%-8s %-14s %s",
                        finding.level().name().toLowerCase(Locale.ROOT),
                        finding.check(),
                        finding.found());
        session.entry(
                new JsonOutput()
                        .text("check", finding.check())
                        .text("level", finding.level().name())
                        .text("found", finding.found())
                        .text("advice", finding.advice()),
                finding.advice().isEmpty() ? line : line + "\n         " + finding.advice());
    }
}
