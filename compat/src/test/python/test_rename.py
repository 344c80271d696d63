"""rename."""

import pytest
from alluxio import option, wire
from alluxio.exceptions import AlreadyExistsError, InvalidArgumentError, NotFoundError

from support import mkdir, names, persisted, raises, read, write


def test_file(client, root):
    write(client, root + '/a', b'x')
    assert client.rename(root + '/a', root + '/b') is None
    assert client.ls(root) == ['b']
    assert read(client, root + '/b') == b'x'
    client.rename(root + '/b', root + '/c', option.Rename())
    assert client.ls(root) == ['c']


def test_directory_takes_its_content_along(client, root):
    write(client, root + '/a/b/f', b'x', recursive=True)
    mkdir(client, root + '/z')
    client.rename(root + '/a', root + '/z/y')
    assert read(client, root + '/z/y/b/f') == b'x'
    assert not client.exists(root + '/a')
    assert client.get_status(root + '/z/y/b/f').path == root + '/z/y/b/f'


def test_onto_itself(client, root):
    path = write(client, root + '/a', b'x')
    client.rename(path, path)
    assert read(client, path) == b'x'


def test_missing_source(client, root):
    with raises(NotFoundError, root + '/none'):
        client.rename(root + '/none', root + '/b')


@pytest.mark.parametrize('kind', ['file', 'directory', 'full directory'])
def test_destination_is_never_overwritten(client, root, kind):
    write(client, root + '/a', b'x')
    target = root + '/target'
    if kind == 'file':
        write(client, target, b'y')
    else:
        mkdir(client, target)
    if kind == 'full directory':
        write(client, target + '/f')
    with raises(AlreadyExistsError, target):
        client.rename(root + '/a', target)
    assert client.ls(root) == ['a', 'target']
    assert kind != 'file' or read(client, target) == b'y'


def test_missing_destination_parent(client, root):
    write(client, root + '/a')
    with raises(NotFoundError, 'none'):
        client.rename(root + '/a', root + '/none/b')
    assert client.exists(root + '/a')


def test_file_as_destination_parent_is_invalid(client, root):
    write(client, root + '/a')
    write(client, root + '/f')
    with raises(InvalidArgumentError, root + '/f'):
        client.rename(root + '/a', root + '/f/b')


def test_into_its_own_subtree_is_invalid(client, root):
    mkdir(client, root + '/a/b', recursive=True)
    with raises(InvalidArgumentError, root + '/a'):
        client.rename(root + '/a', root + '/a/b/c')
    assert names(client, root + '/a') == ['b']


def test_a_sibling_with_the_same_prefix_is_no_subtree(client, root):
    mkdir(client, root + '/a')
    mkdir(client, root + '/ab')
    client.rename(root + '/a', root + '/ab/c')
    assert names(client, root) == ['ab']


def test_root_takes_no_part(client, root):
    with pytest.raises(InvalidArgumentError):
        client.rename('/', root + '/b')
    with pytest.raises(InvalidArgumentError):
        client.rename(root, '/')


@pytest.mark.parametrize('target', ['relative', ''])
def test_relative_destination_is_invalid(client, root, target):
    path = write(client, root + '/a')
    with pytest.raises(InvalidArgumentError):
        client.rename(path, target)
    assert client.exists(path)


@pytest.mark.parametrize('write_type', [
    wire.WRITE_TYPE_CACHE_THROUGH, wire.WRITE_TYPE_THROUGH, wire.WRITE_TYPE_ASYNC_THROUGH])
def test_persisted_file_is_renamed_in_the_under_store(client, mount, write_type):
    mounted = mount()
    persisted(client, write(client, mounted / 'a', b'x', write_type=write_type))
    client.rename(mounted / 'a', mounted / 'b')
    assert mounted.entries() == ['b']
    assert (mounted.folder / 'b').read_bytes() == b'x'
    assert read(client, mounted / 'b') == b'x'


def test_persisted_directory_is_renamed_in_the_under_store(client, mount):
    mounted = mount()
    write(client, mounted / 'a/f', b'x', recursive=True, write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    client.rename(mounted / 'a', mounted / 'b')
    assert (mounted.folder / 'b' / 'f').read_bytes() == b'x'
    assert not (mounted.folder / 'a').exists()


def test_mount_point_and_across_mounts_are_invalid(client, root, mount):
    one, two = mount('one'), mount('two')
    one.put('f', b'x')
    assert client.exists(one / 'f')
    for source, target in [(one.path, root + '/three'), (one / 'f', two / 'f'),
                           (one / 'f', root + '/f')]:
        with pytest.raises(InvalidArgumentError):
            client.rename(source, target)
    assert read(client, one / 'f') == b'x'


@pytest.mark.forebay_only
def test_file_being_written_completes_under_its_new_name(client, root):
    stream = client.create_file(root + '/a')
    writer = client.write(stream)
    writer.write(b'one ')
    client.rename(root + '/a', root + '/b')
    writer.write(b'two')
    client.close(stream)
    assert client.ls(root) == ['b']
    assert client.get_status(root + '/b').completed
    assert read(client, root + '/b') == b'one two'


@pytest.mark.forebay_only
def test_destination_is_taken_literally(client, root):
    write(client, root + '/a', b'x')
    name = root + '/b?c#d&e=f+g h%20'
    client.rename(root + '/a', name)
    assert client.ls(root) == ['b?c#d&e=f+g h%20']
