package dev.forebay.compat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The Python process that writes through the official client while the node is killed, and
 * remembers what was acknowledged. It lives for all rounds, since starting Python takes longer than
 * a round. Commands and answers are lines; see {@code crash_driver.py} of either client.
 */
final class CrashDriver implements AutoCloseable {
    private final Process process;
    private final String gateway;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private CrashDriver(Process process, String gateway) {
        this.process = process;
        this.gateway = gateway;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts the process.
     *
     * @param python runs the program
     * @param gateway that it writes through, as {@link NodeProcess#port} takes it
     */
    static CrashDriver start(ProcessBuilder python, String gateway) throws IOException {
        return new CrashDriver(python.redirectErrorStream(true).start(), gateway);
    }

    /** Begins to write; returns once every writer has its first acknowledgement. */
    void load(NodeProcess node, int round) throws IOException {
        ask("load " + node.port(gateway) + " " + round);
    }

    /** Compares what a node shows with what this and the previous round acknowledged. */
    String verify(NodeProcess node) throws IOException {
        return ask("verify " + node.port(gateway));
    }

    /** Compares everything that is still remembered. */
    String verifyAll(NodeProcess node) throws IOException {
        return ask("verify-all " + node.port(gateway));
    }

    @Override
    public void close() throws IOException {
        commands.close();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }

    private String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        StringBuilder seen = new StringBuilder();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith("ok")) {
                return line.substring("ok".length()).strip();
            }
            seen.append(line).append('\n');
            if (line.startsWith("failed")) {
                break;
            }
        }
        throw new AssertionError(command + ": " + seen);
    }
}
