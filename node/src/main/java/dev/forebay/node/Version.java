package dev.forebay.node;

/** The version of the node. */
final class Version {
    /** As the build names it. */
    static final String TEXT = "0.1.0";

    private Version() {}
}
