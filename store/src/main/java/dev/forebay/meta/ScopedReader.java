package dev.forebay.meta;

import java.util.Optional;

/** A reader that ends with its work. */
final class ScopedReader implements Reader {
    private final Reader reader;
    private final Scope scope = new Scope();

    ScopedReader(Reader reader) {
        this.reader = reader;
    }

    @Override
    public Optional<byte[]> get(Space space, byte[] key) {
        scope.check();
        return reader.get(space, key);
    }

    @Override
    public void scan(Space space, KeyRange range, Visitor visitor) {
        scope.check();
        reader.scan(space, range, visitor);
    }

    void end() {
        scope.end();
    }
}
