"""delete and exists."""

import pytest
from alluxio import option, wire
from alluxio.exceptions import (FailedPreconditionError, InvalidArgumentError, NotFoundError,
                                PermissionDeniedError)

from support import mkdir, names, raises, read, write


def test_file_and_empty_directory(client, root):
    path = write(client, root + '/f')
    assert client.delete(path) is None
    assert not client.exists(path)
    client.delete(mkdir(client, root + '/d'))
    assert names(client, root) == []


def test_missing(client, root):
    with raises(NotFoundError, root + '/none'):
        client.delete(root + '/none')
    with raises(NotFoundError, root + '/none'):
        client.delete(root + '/none', option.Delete(recursive=True))


def test_full_directory_needs_recursive(client, root):
    write(client, root + '/d/e/f', recursive=True)
    with raises(FailedPreconditionError, root + '/d'):
        client.delete(root + '/d')
    with raises(FailedPreconditionError, root + '/d'):
        client.delete(root + '/d', option.Delete(recursive=False))
    assert client.exists(root + '/d/e/f')
    client.delete(root + '/d', option.Delete(recursive=True))
    assert names(client, root) == []


def test_recursive_on_a_file(client, root):
    path = write(client, root + '/f')
    client.delete(path, option.Delete(recursive=True))
    assert not client.exists(path)


def test_root_cannot_be_deleted(client, root):
    with pytest.raises(FailedPreconditionError):
        client.delete('/')
    with pytest.raises(PermissionDeniedError):
        client.delete('/', option.Delete(recursive=True))
    assert client.exists(root)


def test_relative_path_is_invalid(client):
    with pytest.raises(InvalidArgumentError):
        client.delete('relative')


def test_persisted_data_goes_too(client, mount):
    mounted = mount()
    write(client, mounted / 'd/f', recursive=True, write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    client.delete(mounted / 'd', option.Delete(recursive=True))
    assert mounted.entries() == []


def test_mount_point_is_refused(client, root, mount):
    mkdir(client, root + '/d')
    mounted = mount('d/m')
    mounted.put('f', b'x')
    for path in (mounted.path, root + '/d'):
        with pytest.raises(PermissionDeniedError):
            client.delete(path, option.Delete(recursive=True))
    assert (mounted.folder / 'f').exists()
    assert read(client, mounted / 'f') == b'x'


def test_file_being_written(client, root):
    path = root + '/f'
    stream = client.create_file(path)
    writer = client.write(stream)
    writer.write(b'before')
    client.delete(path)
    assert not client.exists(path)
    assert writer.write(b'after') == 5
    client.close(stream)
    assert not client.exists(path)


def test_name_is_free_again(client, root):
    path = write(client, root + '/x', b'one')
    client.delete(path)
    mkdir(client, path)
    client.delete(path)
    assert read(client, write(client, path, b'two')) == b'two'


def test_exists(client, root):
    path = write(client, root + '/f')
    assert client.exists('/') is True
    assert client.exists(path) is True
    assert client.exists(path, option.Exists()) is True
    assert client.exists(root) is True
    assert client.exists(root + '/none') is False


@pytest.mark.parametrize('path', ['relative', '', '/none/below/none'])
def test_exists_is_false_for_odd_paths(client, path):
    assert client.exists(path) is False


def test_nothing_exists_below_a_file(client, root):
    assert client.exists(write(client, root + '/f') + '/below') is False


def test_exists_finds_a_file_put_into_the_under_store(client, mount):
    mounted = mount()
    mounted.put('f', b'x')
    assert client.exists(mounted / 'f') is True
    assert client.exists(mounted / 'g') is False
