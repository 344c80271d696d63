package dev.forebay.objects;

import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderStoreFactory;

import java.util.Map;
import java.util.Set;

/** Shows the objects of this node as files; see {@link ObjectFiles}. */
public final class ObjectFilesFactory implements UnderStoreFactory {
    /** The one place there is. */
    public static final String URI = "objects:///";

    private final ObjectEngine objects;
    private final Principal reader;

    /**
     * Creates.
     *
     * @param reader who references objects while they are read
     */
    public ObjectFilesFactory(ObjectEngine objects, Principal reader) {
        this.objects = objects;
        this.reader = reader;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("objects");
    }

    @Override
    public boolean presents() {
        return true;
    }

    @Override
    public UnderStore open(String uri, Map<String, String> properties) {
        if (!uri.equals(URI)) {
            throw new Invalid("the objects of this node are at " + URI, uri);
        }
        return new ObjectFiles(objects, reader);
    }
}
