package dev.forebay.objects;

import dev.forebay.base.ObjectId;

import java.util.List;

/** Hears of objects that appear and go. */
public interface ObjectListener {
    /** Objects were sealed: one, or all of a batch. */
    void sealed(List<ObjectStatus> objects);

    /** A sealed object was deleted or evicted. */
    void gone(ObjectId id);
}
