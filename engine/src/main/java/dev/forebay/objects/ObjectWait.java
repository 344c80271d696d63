package dev.forebay.objects;

import java.util.Optional;

/**
 * A get under way. Each object that is there, or is sealed before the end, is referenced by the
 * session from that moment, whether or not the others come.
 */
public interface ObjectWait {
    /** Whether all objects are there. */
    boolean complete();

    /** Ends the wait: nothing is referenced any more from here on. Again does nothing. */
    void end();

    /**
     * The object that was asked for at an index; empty when it did not come. After {@link
     * #complete} or {@link #end}.
     *
     * @param index from 0, in the order of the request
     */
    Optional<ObjectView> find(int index);
}
