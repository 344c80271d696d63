package dev.forebay.meta;

import dev.forebay.base.Clock;
import dev.forebay.base.Closer;
import dev.forebay.base.Disk;
import dev.forebay.base.LocalDisk;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.Internal;

import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** The steps from a directory to an open {@link RocksStorage}. Used once. */
final class RocksOpening {
    private static final Logger LOG = LoggerFactory.getLogger(RocksOpening.class);
    private static final String CURRENT = "CURRENT";
    private static final Pattern CONTENT = Pattern.compile("[0-9]+\\.(sst|blob|log)");

    private final Path directory;
    private final List<Space> spaces;
    private final RocksSettings settings;
    private final Clock clock;
    private final Disk disk = new LocalDisk();
    private boolean exists;

    RocksOpening(Path directory, List<Space> spaces, RocksSettings settings, Clock clock) {
        this.clock = clock;
        this.directory = directory;
        this.spaces = spaces;
        this.settings = settings;
    }

    Path directory() {
        return directory;
    }

    Clock clock() {
        return clock;
    }

    Disk disk() {
        return disk;
    }

    /** Opens; see {@link RocksMetaStore#open}. */
    RocksStorage open() {
        // Before any other class of RocksDB, whose constructors call native code.
        RocksDB.loadLibrary();
        try {
            exists = prepareDirectory();
            if (exists) {
                inspectLogs();
            }
            return openDatabase();
        } catch (IOException e) {
            throw new Internal("the metadata directory cannot be used", directory, e);
        } catch (RocksDBException e) {
            throw RocksErrors.ofOpening(e, directory);
        }
    }

    /** Makes the directory where missing; returns whether there is a store in it. */
    private boolean prepareDirectory() throws IOException {
        if (!disk.exists(directory)) {
            disk.createDirectories(directory);
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                disk.syncDirectory(parent);
            }
        }
        if (disk.exists(directory.resolve(CURRENT))) {
            return true;
        }
        // RocksDB would make a new store here and delete these files as leftovers.
        for (String name : disk.list(directory)) {
            if (CONTENT.matcher(name).matches()) {
                throw new Corrupt("a metadata store without its file CURRENT", directory);
            }
        }
        return false;
    }

    private void inspectLogs() throws IOException, RocksDBException {
        var inspection = new WalInspection(disk, directory);
        OptionalLong damaged = inspection.findDamagedLog();
        if (damaged.isPresent() && damaged.getAsLong() >= firstNeededLog()) {
            throw new Corrupt(
                    "the write-ahead log is damaged",
                    directory.resolve("%06d.log".formatted(damaged.getAsLong())));
        }
        if (inspection.hasTornTail()) {
            LOG.warn("the last write to the log is incomplete, dropped directory={}", directory);
        }
    }

    /** Number of the first log that RocksDB replays. Opens the store without changing it. */
    private long firstNeededLog() throws RocksDBException {
        try (var closer = new Closer()) {
            var tuning = new RocksTuning(settings, closer);
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            List<ColumnFamilyDescriptor> families = families(tuning, false);
            RocksDB database =
                    closer.register(
                            RocksDB.openReadOnly(
                                    tuning.database(), directory.toString(), families, handles));
            handles.forEach(closer::register);
            return database.getLongProperty("rocksdb.min-log-number-to-keep");
        }
    }

    private RocksStorage openDatabase() throws RocksDBException {
        var closer = new Closer();
        boolean opened = false;
        try {
            var tuning = new RocksTuning(settings, closer);
            var families = families(tuning, true);
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB database =
                    closer.register(
                            RocksDB.open(
                                    tuning.database().setCreateIfMissing(!exists),
                                    directory.toString(),
                                    families,
                                    handles));
            handles.forEach(closer::register);
            var storage = new RocksStorage(this, database, bySpace(handles), closer);
            opened = true;
            return storage;
        } finally {
            if (!opened) {
                closer.close();
            }
        }
    }

    /** The column families that exist and, if wanted, those of all spaces. */
    private List<ColumnFamilyDescriptor> families(RocksTuning tuning, boolean declared)
            throws RocksDBException {
        Map<String, Space> named = new HashMap<>();
        spaces.forEach(space -> named.put(space.name(), space));
        Set<String> names = new LinkedHashSet<>();
        names.add(new String(RocksDB.DEFAULT_COLUMN_FAMILY, StandardCharsets.UTF_8));
        if (exists) {
            names.addAll(existing());
        }
        if (declared) {
            names.addAll(named.keySet());
        }
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (String name : names) {
            Space space = named.getOrDefault(name, Space.of(name, 0));
            families.add(
                    new ColumnFamilyDescriptor(
                            name.getBytes(StandardCharsets.UTF_8), tuning.space(space)));
        }
        return families;
    }

    private List<String> existing() throws RocksDBException {
        try (var options = new Options()) {
            return RocksDB.listColumnFamilies(options, directory.toString()).stream()
                    .map(name -> new String(name, StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private Map<Space, ColumnFamilyHandle> bySpace(List<ColumnFamilyHandle> handles)
            throws RocksDBException {
        Map<String, ColumnFamilyHandle> byName = new HashMap<>();
        for (ColumnFamilyHandle handle : handles) {
            byName.put(new String(handle.getName(), StandardCharsets.UTF_8), handle);
        }
        Map<Space, ColumnFamilyHandle> families = new HashMap<>();
        for (Space space : spaces) {
            ColumnFamilyHandle family = byName.get(space.name());
            if (family == null) {
                throw new Internal("a space was not opened", space.name());
            }
            families.put(space, family);
        }
        return families;
    }
}
