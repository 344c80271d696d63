package dev.forebay.cli;

import dev.forebay.client.Snapshots;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Snapshots of the service that a path names; paths come back as they were given. */
final class RoutedSnapshots implements Snapshots {
    private final Function<String, Place> places;

    /**
     * Snapshots by path.
     *
     * @param places finds the service of a path
     */
    RoutedSnapshots(Function<String, Place> places) {
        this.places = places;
    }

    /**
     * Where a path leads.
     *
     * @param snapshots of the service
     * @param prefix what stands before the path within it
     * @param path within the service
     */
    record Place(Snapshots snapshots, String prefix, String path) {}

    @Override
    public void allow(String directory) {
        Place place = places.apply(directory);
        place.snapshots().allow(place.path());
    }

    @Override
    public void disallow(String directory) {
        Place place = places.apply(directory);
        place.snapshots().disallow(place.path());
    }

    @Override
    public String create(String directory, String name) {
        Place place = places.apply(directory);
        return place.prefix() + place.snapshots().create(place.path(), name);
    }

    @Override
    public String create(String directory) {
        Place place = places.apply(directory);
        return place.prefix() + place.snapshots().create(place.path());
    }

    @Override
    public void rename(String directory, String from, String to) {
        Place place = places.apply(directory);
        place.snapshots().rename(place.path(), from, to);
    }

    @Override
    public void delete(String directory, String name) {
        Place place = places.apply(directory);
        place.snapshots().delete(place.path(), name);
    }

    /** Those of the node. */
    @Override
    public List<Root> roots() {
        return places.apply("/").snapshots().roots();
    }

    @Override
    public List<Snapshot> list(String directory) {
        Place place = places.apply(directory);
        return place.snapshots().list(place.path()).stream()
                .map(
                        each ->
                                new Snapshot(
                                        each.number(),
                                        each.name(),
                                        place.prefix() + each.path(),
                                        each.createdMillis()))
                .toList();
    }

    @Override
    public List<Difference> compare(String directory, Optional<String> from, Optional<String> to) {
        Place place = places.apply(directory);
        return place.snapshots().compare(place.path(), from, to);
    }
}
