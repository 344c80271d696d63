package dev.forebay.cli;

import dev.forebay.client.FilesException;
import dev.forebay.client.Forebay;
import dev.forebay.client.Status;
import dev.forebay.client.Usage;
import dev.forebay.client.rest.Json;
import dev.forebay.client.rest.JsonInput;
import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;

/** Shows what the node says of itself. */
@Command(name = "status", description = "Show what the node serves, holds and has room for.")
final class StatusCommand implements Callable<Integer> {
    private static final int WIDTH = 16;
    private static final String BARS = "▁▂▃▄▅▆▇█";

    @Mixin private final Session session;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Forebay forebay = session.forebay();
        Json status = parse(forebay.status());
        if (session.json()) {
            session.console().line(json(status, forebay.usage()).toString());
            return session.exitCode();
        }
        if (status instanceof Json.Fields fields) {
            fields.values().forEach((name, value) -> print(name, value, ""));
        }
        return session.exitCode();
    }

    private static JsonOutput json(Json status, Usage usage) {
        JsonOutput json = new JsonOutput();
        if (status instanceof Json.Fields fields) {
            fields.values().forEach((name, value) -> keep(json, name, value));
        }
        return json.object("usage", usage(usage));
    }

    /** The usage comes in one form from every node. */
    private static void keep(JsonOutput json, String name, Json value) {
        if (!name.equals("usage")) {
            json.json(name, value);
        }
    }

    private static JsonOutput usage(Usage usage) {
        return new JsonOutput()
                .number("memoryCapacity", usage.memoryCapacity())
                .number("memoryUsed", usage.memoryUsed())
                .number("diskFree", usage.diskFree());
    }

    /** The node's account as a value. */
    static Json parse(String text) {
        try {
            return JsonInput.read(text);
        } catch (IOException e) {
            throw FilesException.of(Status.INTERNAL, "the node's status is not JSON", "", e);
        }
    }

    /** The configuration is long and has a command of its own. */
    private void print(String name, Json value, String indent) {
        if (name.equals("configuration")) {
            return;
        }
        switch (value) {
            case Json.Fields fields -> {
                session.console().line(indent + name);
                fields.values().forEach((inner, field) -> print(inner, field, indent + "  "));
            }
            case Json.Items items when name.equals("map") ->
                    session.console().line(indent + pad(name) + " " + bars(items));
            case Json.Items items -> {
                session.console().line(indent + name);
                items.values().forEach(item -> session.console().line(indent + "  " + line(item)));
            }
            case Json.Text _, Json.Numeral _, Json.Flag _, Json.Nothing _ ->
                    session.console().line(indent + pad(name) + " " + readable(name, value));
        }
    }

    /** A dot for what is empty, else a bar as high as the percentage. */
    private static String bars(Json.Items percentages) {
        StringBuilder bars = new StringBuilder();
        for (Json percentage : percentages.values()) {
            int percent = Math.clamp(percentage.whole(0), 0, 100);
            bars.append(percent == 0 ? '.' : BARS.charAt((percent - 1) * BARS.length() / 100));
        }
        return bars.toString();
    }

    private static String line(Json item) {
        if (!(item instanceof Json.Fields fields)) {
            return item.text().orElse(JsonOutput.write(item));
        }
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, Json> field : fields.values().entrySet()) {
            line.append(line.isEmpty() ? "" : "  ").append(field.getKey()).append('=');
            line.append(field.getValue().text().orElse(JsonOutput.write(field.getValue())));
        }
        return line.toString();
    }

    private static String readable(String name, Json value) {
        String text = value.text().orElse("none");
        long number = value.whole(-1);
        boolean bytes =
                name.startsWith("memory") || name.startsWith("disk") || name.endsWith("Bytes");
        if (bytes && number >= 0) {
            return Quantities.people(number);
        }
        return name.endsWith("Millis") && number >= 0 ? Quantities.span(number / 1000) : text;
    }

    private static String pad(String name) {
        return name + " ".repeat(Math.max(0, WIDTH - name.length()));
    }
}
