package dev.forebay.client;

import dev.forebay.client.rest.Json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots of a node through its admin listener: the Alluxio REST has none. */
final class AlluxioSnapshots implements Snapshots {
    private static final String NAME = "name";

    private final AdminListener admin;

    AlluxioSnapshots(AdminListener admin) {
        this.admin = admin;
    }

    @Override
    public void allow(String directory) {
        admin.changeSnapshots("allow", directory, Map.of());
    }

    @Override
    public void disallow(String directory) {
        admin.changeSnapshots("disallow", directory, Map.of());
    }

    @Override
    public String create(String directory, String name) {
        return path(admin.changeSnapshots("create", directory, Map.of(NAME, name)));
    }

    @Override
    public String create(String directory) {
        return path(admin.changeSnapshots("create", directory, Map.of()));
    }

    private static String path(Json json) {
        return json.field("path").text().orElse("");
    }

    @Override
    public void rename(String directory, String from, String to) {
        admin.changeSnapshots("rename", directory, Map.of(NAME, from, "other", to));
    }

    @Override
    public void delete(String directory, String name) {
        admin.changeSnapshots("delete", directory, Map.of(NAME, name));
    }

    @Override
    public List<Root> roots() {
        return admin.snapshots("", Map.of()).items().stream()
                .map(
                        json ->
                                new Root(
                                        path(json),
                                        (int) json.field("count").whole(0),
                                        (int) json.field("countMax").whole(0)))
                .toList();
    }

    @Override
    public List<Snapshot> list(String directory) {
        return admin.snapshots("", Map.of("path", directory)).items().stream()
                .map(
                        json ->
                                new Snapshot(
                                        json.field("number").whole(0),
                                        json.field(NAME).text().orElse(""),
                                        path(json),
                                        json.field("createdMillis").whole(0)))
                .toList();
    }

    @Override
    public List<Difference> compare(String directory, Optional<String> from, Optional<String> to) {
        Map<String, String> query = new HashMap<>(Map.of("path", directory));
        from.ifPresent(name -> query.put("from", name));
        to.ifPresent(name -> query.put("to", name));
        return admin.snapshots("/diff", query).items().stream()
                .map(AlluxioSnapshots::difference)
                .toList();
    }

    private static Difference difference(Json json) {
        return new Difference(
                Kind.valueOf(json.field("kind").text().orElse("")),
                path(json),
                json.field("target").text());
    }
}
