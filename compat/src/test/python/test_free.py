"""free: drops cached data, never the only copy."""

import pytest
from alluxio import option, wire
from alluxio.exceptions import NotFoundError, UnknownError

from support import SIZES, content, in_memory, mkdir, raises, read, write


def cached(client, path, data=b'data', **options):
    return write(client, path, data, write_type=wire.WRITE_TYPE_CACHE_THROUGH, **options)


@pytest.mark.parametrize('size', SIZES)
def test_persisted_file(client, place, size):
    data = content(size)
    path = cached(client, place + '/f', data)
    assert client.free(path) is None
    in_memory(client, path, 0)
    status = client.get_status(path)
    assert status.persisted and status.length == size
    assert read(client, path) == data
    in_memory(client, path, 100)


@pytest.mark.forebay_only
def test_is_done_at_return(client, place):
    path = cached(client, place + '/f', content(100000))
    client.free(path)
    assert client.get_status(path).in_memory_percentage == 0


@pytest.mark.parametrize('kind', ['NO_CACHE', 'CACHE', 'CACHE_PROMOTE'])
def test_read_types_after_a_free(client, place, kind):
    path = cached(client, place + '/f', content(100000))
    client.free(path)
    in_memory(client, path, 0)
    assert read(client, path, read_type=getattr(wire, 'READ_TYPE_' + kind)) == content(100000)
    in_memory(client, path, 0 if kind == 'NO_CACHE' else 100)


def test_what_is_not_cached(client, root):
    path = write(client, root + '/f', write_type=wire.WRITE_TYPE_THROUGH)
    client.free(path)
    client.free(path)
    assert read(client, path) == b'data'


@pytest.mark.parametrize('size', SIZES)
def test_only_copy_is_kept(client, place, size):
    data = content(size)
    path = write(client, place + '/f', data, write_type=wire.WRITE_TYPE_MUST_CACHE)
    with raises(UnknownError, path):
        client.free(path)
    assert read(client, path) == data


def test_pinned_file_needs_force(client, root, raw):
    path = cached(client, root + '/f', content(100000))
    client.set_attribute(path, option.SetAttribute(pinned=True))
    with raises(UnknownError, path):
        client.free(path)
    assert client.get_status(path).in_memory_percentage == 100
    assert raw.post(path, 'free', {'forced': True}).status == 200
    in_memory(client, path, 0)


def test_directory(client, root):
    path = cached(client, root + '/d/e/f', recursive=True)
    with raises(UnknownError, root + '/d'):
        client.free(root + '/d')
    with raises(UnknownError, root + '/d'):
        client.free(root + '/d', option.Free(recursive=False))
    client.free(root + '/d', option.Free(recursive=True))
    in_memory(client, path, 0)


def test_empty_directory(client, root):
    client.free(mkdir(client, root + '/d'))


def test_missing(client, root):
    with raises(NotFoundError, root + '/none'):
        client.free(root + '/none')
