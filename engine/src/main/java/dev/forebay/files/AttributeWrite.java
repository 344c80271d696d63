package dev.forebay.files;

/** What setting an extended attribute may do. */
public enum AttributeWrite {
    /** Only add; it is an error if it is there. */
    CREATE,
    /** Only change; it is an error if it is not there. */
    REPLACE,
    /** Either. */
    CREATE_OR_REPLACE
}
