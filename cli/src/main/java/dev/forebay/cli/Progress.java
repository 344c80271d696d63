package dev.forebay.cli;

import dev.forebay.base.Clock;

import java.util.Locale;

/**
 * The progress of transfers on standard error: part done, rate, remaining time. Silent when nobody
 * looks. Safe for use by many threads.
 */
final class Progress implements AutoCloseable {
    private static final long INTERVAL_NANOS = 100_000_000;
    private static final double NANOS = 1e9;

    private final Console console;
    private final Clock clock;
    private final boolean visible;
    private final Total total;
    private final long started;
    private long bytes;
    private long files;
    private long shown;
    private boolean drawn;

    /**
     * What is to be done.
     *
     * @param bytes -1 when it is not known
     * @param files how many
     */
    record Total(long bytes, long files) {}

    Progress(Session session, Clock clock, Total total) {
        this.console = session.console();
        this.clock = clock;
        this.visible = console.terminal() && !session.json();
        this.total = total;
        this.started = clock.nanos();
        this.shown = started;
    }

    /** Bytes went over. */
    synchronized void moved(long count) {
        bytes += count;
        draw(false);
    }

    /** A file is whole. */
    synchronized void finished() {
        files++;
        draw(false);
    }

    @Override
    public synchronized void close() {
        if (drawn) {
            draw(true);
            console.errorLine("");
        }
    }

    private void draw(boolean last) {
        long now = clock.nanos();
        if (!visible || (!last && now - shown < INTERVAL_NANOS)) {
            return;
        }
        shown = now;
        drawn = true;
        console.err().print("\r\u001b[K" + text((now - started) / NANOS));
        console.err().flush();
    }

    private String text(double seconds) {
        return text(new Total(bytes, files), total, seconds);
    }

    /**
     * The line.
     *
     * @param done what went over
     * @param total what is to be done
     * @param seconds since the start
     */
    static String text(Total done, Total total, double seconds) {
        double rate = seconds <= 0 ? 0 : done.bytes() / seconds;
        StringBuilder text = new StringBuilder();
        if (total.bytes() > 0) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%3d%% %s of %s",
                            Math.min(100, done.bytes() * 100 / total.bytes()),
                            Quantities.people(done.bytes()),
                            Quantities.people(total.bytes())));
        } else {
            text.append(Quantities.people(done.bytes()));
        }
        if (total.files() > 1) {
            text.append("  ").append(done.files()).append('/').append(total.files());
            text.append(" files");
        }
        text.append("  ").append(Quantities.people((long) rate)).append("/s");
        if (total.bytes() > done.bytes() && rate >= 1) {
            long left = (long) Math.ceil((total.bytes() - done.bytes()) / rate);
            text.append("  ").append(Quantities.span(left)).append(" left");
        }
        return text.toString();
    }
}
