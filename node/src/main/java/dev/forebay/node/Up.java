package dev.forebay.node;

import dev.forebay.base.Clock;
import dev.forebay.base.error.ForebayException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** Runs a node in the foreground until it is told to stop. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts a node and prints how to connect to it.")
final class Up implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Up.class);

    @Mixin private NodeOptions options = new NodeOptions();

    @CommandLine.Option(
            names = "--json",
            description = "prints one JSON line instead of the banner")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        NodeServer server = NodeServer.start(options.config());
        // halting in the hook gives the exit code 0 of a clean stop; the JVM's own would be 130 or
        // 143
        Thread hook =
                Thread.ofPlatform()
                        .name("stop")
                        .unstarted(() -> Runtime.getRuntime().halt(stop(server)));
        Runtime.getRuntime().addShutdownHook(hook);
        announce(server);
        new CountDownLatch(1).await();
        return 0;
    }

    private static int stop(NodeServer server) {
        LOG.info("stopping");
        try {
            server.close();
            return 0;
        } catch (ForebayException e) {
            LOG.error("the node did not stop cleanly; acknowledged data is safe", e);
            return 1;
        }
    }

    private void announce(NodeServer server) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.print(ReadyFile.json(server.listening()));
        } else {
            long started = ManagementFactory.getRuntimeMXBean().getStartTime();
            out.print(Banner.text(server.listening(), Clock.system().millis() - started));
        }
        out.flush();
        server.status()
                .configuration()
                .forEach((key, value) -> LOG.debug("setting key={} value={}", key, value));
    }
}
