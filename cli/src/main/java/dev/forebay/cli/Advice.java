package dev.forebay.cli;

import dev.forebay.client.FilesException;
import dev.forebay.client.ObjectsException;

import java.util.Optional;

/** What to do next after a failure. */
final class Advice {
    private Advice() {}

    static Optional<String> of(ObjectsException failure) {
        return switch (failure) {
            case ObjectsException.Unavailable _ ->
                    Optional.of(
                            "start a node with: forebay up"
                                    + " (or name the socket of one with --socket)");
            case ObjectsException.ObjectExists _ ->
                    Optional.of("choose another --id, or remove it first: forebay obj rm ID");
            case ObjectsException.ObjectNotFound _ ->
                    Optional.of("see what is there with: forebay obj ls");
            case ObjectsException.StoreFull _ ->
                    Optional.of(
                            "make room: forebay obj evict SIZE, forebay obj rm ID;"
                                    + " or start the node with more --memory");
            case ObjectsException.InvalidArgument _ -> Optional.empty();
        };
    }

    static Optional<String> of(FilesException failure) {
        return switch (failure.status()) {
            case UNAVAILABLE ->
                    Optional.of(
                            failure.reason().equals("cannot connect")
                                    ? "is the node running? start it with: forebay up"
                                            + " (or name another with --node)"
                                    : "try again; see what the node says with: forebay status");
            case DEADLINE_EXCEEDED -> Optional.of("it may still happen; look before trying again");
            case ALREADY_EXISTS -> Optional.of("remove it first, or use -f where there is one");
            case FAILED_PRECONDITION ->
                    failure.reason().contains("recursive")
                            ? Optional.of("use -r for a directory with all below")
                            : Optional.empty();
            case PERMISSION_DENIED -> Optional.of("see owner and mode with: forebay stat PATH");
            case UNAUTHENTICATED -> Optional.of("the node wants to know who you are");
            case RESOURCE_EXHAUSTED ->
                    Optional.of("make room: forebay free, forebay rm; see it with: forebay status");
            case DATA_LOSS -> Optional.of("check the node's storage with: forebay fsck");
            case UNIMPLEMENTED ->
                    Optional.of("a Forebay node may do more: --node forebay://host:8900");
            case INVALID_ARGUMENT ->
                    failure.reason().contains("absolute")
                            ? Optional.of("paths begin with a slash, such as /data/a")
                            : Optional.empty();
            case CANCELED, UNKNOWN, NOT_FOUND, ABORTED, OUT_OF_RANGE, INTERNAL -> Optional.empty();
        };
    }
}
