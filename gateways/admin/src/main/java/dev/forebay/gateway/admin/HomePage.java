package dev.forebay.gateway.admin;

import java.nio.charset.StandardCharsets;

/** The page for people: what listens where, and where to look further. */
final class HomePage {
    private HomePage() {}

    static byte[] html(NodeStatus node) {
        StringBuilder rows = new StringBuilder();
        for (NodeStatus.Listening gateway : node.gateways()) {
            String address =
                    gateway.port() == 0 ? gateway.host() : gateway.host() + ":" + gateway.port();
            rows.append("<tr><td>")
                    .append(escaped(gateway.name()))
                    .append("</td><td>")
                    .append(escaped(gateway.protocol()))
                    .append("</td><td>")
                    .append(escaped(address))
                    .append("</td></tr>\n");
        }
        return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Forebay</title>
        <style>body{font:16px/1.5 sans-serif;margin:3em auto;max-width:44em;padding:0 1em}
        td,th{text-align:left;padding:.2em 1.5em .2em 0}</style></head><body>
        <h1>Forebay %s</h1>
        <p>Up for %d seconds, process %d.</p>
        <table><tr><th>gateway</th><th>protocol</th><th>address</th></tr>
        %s</table>
        <p><a href="/status">status</a> · <a href="/health">health</a> ·
        <a href="/ready">ready</a> · <a href="/metrics">metrics</a> ·
        <a href="/api/mounts">mounts</a> · <a href="/api/usage">usage</a></p>
        </body></html>
        """
                .formatted(escaped(node.version()), node.uptimeMillis() / 1000, node.pid(), rows)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
