package dev.forebay.client;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The files below a directory as a map. Iterating takes the names at its start. */
final class FileMap extends AbstractMap<String, byte[]> {
    private final FileClient files;
    private final FileTools tools;
    private final String root;

    FileMap(FileClient files, String root) {
        this.files = files;
        this.tools = new FileTools(files);
        this.root = root.endsWith("/") ? root : root + "/";
    }

    @Override
    public byte @Nullable [] get(@Nullable Object key) {
        return key instanceof String name && containsKey(name) ? tools.cat(root + name) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name
                && !name.isEmpty()
                && files.find(root + name).filter(FileStatus::file).isPresent();
    }

    @Override
    public byte @Nullable [] put(String key, byte[] value) {
        byte[] before = get(key);
        CreateOptions whole = CreateOptions.DEFAULT.withRecursive(true).withOverwrite(true);
        try (FileWriter writer = files.create(root + key, whole)) {
            writer.write(ByteBuffer.wrap(value));
        }
        return before;
    }

    @Override
    public byte @Nullable [] remove(@Nullable Object key) {
        byte[] before = get(key);
        if (before != null && key instanceof String name) {
            files.delete(root + name);
        }
        return before;
    }

    @Override
    public Set<Map.Entry<String, byte[]>> entrySet() {
        return new Entries();
    }

    private List<String> names() {
        try (Stream<FileStatus> all = files.list(root, ListOptions.RECURSIVE)) {
            return all.filter(FileStatus::file)
                    .map(file -> file.path().substring(root.length()))
                    .sorted()
                    .toList();
        }
    }

    private final class Entries extends AbstractSet<Map.Entry<String, byte[]>> {
        @Override
        public int size() {
            return names().size();
        }

        @Override
        public Iterator<Map.Entry<String, byte[]>> iterator() {
            return new EntryIterator(names().iterator());
        }
    }

    private final class EntryIterator implements Iterator<Map.Entry<String, byte[]>> {
        private final Iterator<String> names;
        private String last = "";

        EntryIterator(Iterator<String> names) {
            this.names = names;
        }

        @Override
        public boolean hasNext() {
            return names.hasNext();
        }

        @Override
        public Map.Entry<String, byte[]> next() {
            last = names.next();
            return Map.entry(last, tools.cat(root + last));
        }

        @Override
        public void remove() {
            files.delete(root + last);
        }
    }
}
