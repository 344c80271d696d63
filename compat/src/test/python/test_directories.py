"""create_directory: options, defaults and errors."""

import pytest
from alluxio import option, wire
from alluxio.exceptions import AlreadyExistsError, InvalidArgumentError, NotFoundError

from support import mkdir, mode, names, raises, write


def test_new_directory_has_the_documented_mode(client, root):
    status = client.get_status(mkdir(client, root + '/d'))
    assert status.folder and status.completed
    assert status.mode == 0o755
    assert (status.name, status.path, status.length) == ('d', root + '/d', 0)
    assert names(client, root + '/d') == []


def test_without_options_object(client, root):
    assert client.create_directory(root + '/d') is None
    assert client.exists(root + '/d')


def test_every_mode(client, root):
    for digit in range(8):
        path = mkdir(client, '%s/d%d' % (root, digit), mode=mode(7, digit, 7 - digit))
        assert client.get_status(path).mode == 0o700 + digit * 8 + 7 - digit


def test_existing_directory_is_refused(client, root):
    path = mkdir(client, root + '/d')
    with raises(AlreadyExistsError, path):
        mkdir(client, path)
    with raises(AlreadyExistsError, path):
        mkdir(client, path, recursive=True)
    with raises(AlreadyExistsError, path):
        mkdir(client, path, allow_exists=False)


def test_allow_exists_accepts_a_directory_and_keeps_it(client, root):
    path = mkdir(client, root + '/d', mode=mode(7, 0, 0))
    write(client, path + '/f')
    mkdir(client, path, allow_exists=True)
    mkdir(client, path, allow_exists=True, recursive=True)
    assert client.get_status(path).mode == 0o700
    assert names(client, path) == ['f']


def test_existing_file_is_refused(client, root):
    path = write(client, root + '/f')
    with raises(AlreadyExistsError, path):
        mkdir(client, path)


@pytest.mark.forebay_only
def test_existing_file_is_refused_even_with_allow_exists(client, root):
    path = write(client, root + '/f')
    with raises(AlreadyExistsError, path):
        mkdir(client, path, allow_exists=True)
    assert not client.get_status(path).folder


def test_root_exists(client):
    with pytest.raises(AlreadyExistsError):
        client.create_directory('/')
    with pytest.raises(AlreadyExistsError):
        client.create_directory('/', option.CreateDirectory(allow_exists=True, recursive=True))


def test_missing_parent_needs_recursive(client, root):
    with raises(NotFoundError, 'a'):
        mkdir(client, root + '/a/b/c')
    assert not client.exists(root + '/a')
    mkdir(client, root + '/a/b/c', recursive=True)
    assert [s.path for s in client.list_status(root, option.ListStatus(recursive=True))] == [
        root + '/a', root + '/a/b', root + '/a/b/c']


def test_file_as_a_parent_is_invalid(client, root):
    write(client, root + '/f')
    with raises(InvalidArgumentError, root + '/f'):
        mkdir(client, root + '/f/d')
    with raises(InvalidArgumentError, root + '/f'):
        mkdir(client, root + '/f/d/e', recursive=True)


@pytest.mark.parametrize('path', ['relative', ''])
def test_relative_path_is_invalid(client, path):
    with pytest.raises(InvalidArgumentError):
        client.create_directory(path)


@pytest.mark.parametrize('write_type', [wire.WRITE_TYPE_CACHE_THROUGH, wire.WRITE_TYPE_THROUGH])
def test_persisted_directory_appears_in_the_under_store(client, mount, write_type):
    mounted = mount()
    path = mkdir(client, mounted / 'a/b', recursive=True, write_type=write_type)
    assert (mounted.folder / 'a' / 'b').is_dir()
    status = client.get_status(path)
    assert status.persisted
    assert status.persistence_state.name == 'PERSISTED'


@pytest.mark.parametrize('write_type', [wire.WRITE_TYPE_MUST_CACHE, None])
def test_directory_is_not_persisted_by_default(client, mount, write_type):
    mounted = mount()
    path = mkdir(client, mounted / 'd', write_type=write_type)
    assert not (mounted.folder / 'd').exists()
    assert client.get_status(path).persistence_state.name == 'NOT_PERSISTED'
    assert not client.get_status(path).persisted


def test_write_types_in_the_root(client, root):
    for write_type in (wire.WRITE_TYPE_MUST_CACHE, wire.WRITE_TYPE_CACHE_THROUGH,
                       wire.WRITE_TYPE_THROUGH, wire.WRITE_TYPE_ASYNC_THROUGH):
        assert client.get_status(
            mkdir(client, root + '/' + write_type.name, write_type=write_type)).folder
