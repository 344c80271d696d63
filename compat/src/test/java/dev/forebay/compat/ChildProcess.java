package dev.forebay.compat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end, with a bound on its time, and passes its output on. */
final class ChildProcess {
    private ChildProcess() {}

    /**
     * Runs a command that must succeed.
     *
     * @param limit the time after which it is killed
     * @return the lines it wrote, errors included
     * @throws AssertionError if it fails, or is not done in time
     */
    static List<String> run(Duration limit, ProcessBuilder builder)
            throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Thread echo = Thread.ofVirtual().start(() -> echo(process, lines));
        boolean done = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!done) {
            process.destroyForcibly().waitFor();
        }
        echo.join(Duration.ofSeconds(10));
        if (!done || process.exitValue() != 0) {
            String end = done ? "exit code " + process.exitValue() : "not done in " + limit;
            throw new AssertionError(builder.command() + ": " + end + "\n" + tail(lines));
        }
        return List.copyOf(lines);
    }

    private static void echo(Process process, List<String> lines) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                System.out.println(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tail(List<String> lines) {
        List<String> all = List.copyOf(lines);
        return String.join("\n", all.subList(Math.max(0, all.size() - 60), all.size()));
    }
}
