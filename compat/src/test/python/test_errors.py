"""Each error class that the server can send, once, by its cause."""

import pytest
from alluxio import option, wire
from alluxio.exceptions import (AlreadyExistsError, FailedPreconditionError, InternalError,
                                InvalidArgumentError, NotFoundError, PermissionDeniedError,
                                ResourceExhaustedError, UnimplementedError, UnknownError)
from alluxio.exceptions import HTTPError

from support import MIB, content, raises, read, write


def test_every_class(client, root, mount):
    write(client, root + '/d/f', recursive=True)
    mounted = mount(opt=option.Mount(read_only=True))
    causes = [
        (NotFoundError, '/none', lambda p: client.get_status(p)),
        (AlreadyExistsError, '/d', lambda p: client.create_directory(p)),
        (InvalidArgumentError, '/d', lambda p: client.unmount(p)),
        (FailedPreconditionError, '/d', lambda p: client.delete(p)),
        (UnknownError, '/d', lambda p: client.open_file(p)),
    ]
    for error, path, call in causes:
        with raises(error, path):
            call(root + path)
    with raises(PermissionDeniedError, mounted.path):
        client.create_directory(mounted / 'x')
    with raises(InternalError, 'stream does not exist'):
        client.close(999999999)


@pytest.mark.forebay_only
def test_unimplemented(client, root):
    with pytest.raises(UnimplementedError):
        client.mount(root + '/m', 'gopher://host/x')


@pytest.mark.forebay_only
@pytest.mark.server_only
def test_resource_exhausted(client, root, cache_bytes):
    """A cache full of what exists nowhere else refuses more, keeps all, and recovers."""
    piece = content(16 * MIB)
    written = []
    with pytest.raises(ResourceExhaustedError):
        for number in range(cache_bytes // len(piece) + 2):
            path = '%s/f%d' % (root, number)
            write(client, path, piece, write_type=wire.WRITE_TYPE_MUST_CACHE)
            written.append(path)
    assert len(written) >= cache_bytes // len(piece) // 2
    for path in written:
        assert client.get_status(path).in_memory_percentage == 100
    assert read(client, written[0]) == piece
    for path in written:
        client.delete(path)
    write(client, root + '/after', piece, write_type=wire.WRITE_TYPE_MUST_CACHE)
    assert read(client, root + '/after') == piece


def test_no_server_is_the_clients_own_error():
    import alluxio
    with pytest.raises(HTTPError):
        alluxio.Client('127.0.0.1', 1).exists('/')
