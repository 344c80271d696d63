"""create_file and open(path, 'w'): options, defaults and errors."""

import pytest
from alluxio import option, wire
from alluxio.exceptions import AlreadyExistsError, InvalidArgumentError, NotFoundError

from support import (SIZES, content, in_memory, mkdir, mode, persisted, raises, read,
                     write)

WRITE_TYPES = [wire.WRITE_TYPE_MUST_CACHE, wire.WRITE_TYPE_CACHE_THROUGH,
               wire.WRITE_TYPE_THROUGH, wire.WRITE_TYPE_ASYNC_THROUGH]


def test_file_is_visible_and_incomplete_until_closed(client, root):
    path = root + '/f'
    stream = client.create_file(path)
    assert isinstance(stream, int) and stream > 0
    before = client.get_status(path)
    assert not before.completed and not before.folder
    assert (before.length, before.file_block_infos) == (0, [])
    writer = client.write(stream)
    assert writer.write(b'hello') == 5
    writer.close()
    assert not client.get_status(path).completed
    assert client.close(stream) is None
    after = client.get_status(path)
    assert after.completed
    assert after.length == 5
    assert after.mode == 0o644
    assert read(client, path) == b'hello'


def test_existing_path_is_refused(client, root):
    path = write(client, root + '/f', b'old')
    with raises(AlreadyExistsError, path):
        client.create_file(path)
    with raises(AlreadyExistsError, path):
        with client.open(path, 'w'):
            pytest.fail('opened')
    folder = mkdir(client, root + '/d')
    with raises(AlreadyExistsError, folder):
        client.create_file(folder)
    with pytest.raises(AlreadyExistsError):
        client.create_file('/')
    assert read(client, path) == b'old'


def test_incomplete_file_is_refused_too(client, root):
    stream = client.create_file(root + '/f')
    with raises(AlreadyExistsError, root + '/f'):
        client.create_file(root + '/f')
    client.close(stream)


def test_missing_parent_needs_recursive(client, root):
    with raises(NotFoundError, 'a'):
        client.create_file(root + '/a/b/f')
    assert not client.exists(root + '/a')
    write(client, root + '/a/b/f', recursive=True)
    assert client.get_status(root + '/a/b').folder


def test_file_as_a_parent_is_invalid(client, root):
    write(client, root + '/f')
    with raises(InvalidArgumentError, root + '/f'):
        client.create_file(root + '/f/g')
    with raises(InvalidArgumentError, root + '/f'):
        client.create_file(root + '/f/g/h', option.CreateFile(recursive=True))


@pytest.mark.parametrize('path', ['relative', ''])
def test_relative_path_is_invalid(client, path):
    with pytest.raises(InvalidArgumentError):
        client.create_file(path)


def test_trailing_slash_makes_a_file(client, root):
    write(client, root + '/f/', b'x')
    assert client.get_status(root + '/f').length == 1


@pytest.mark.parametrize('size', [0, -1])
def test_block_size_must_be_positive(client, root, size):
    with pytest.raises(InvalidArgumentError) as caught:
        client.create_file(root + '/f', option.CreateFile(block_size_bytes=size))
    assert str(size) in caught.value.message
    assert not client.exists(root + '/f')


def test_blocks(client, root):
    data = content(3000)
    path = write(client, root + '/f', data, block_size_bytes=1024)
    status = client.get_status(path)
    assert status.block_size_bytes == 1024
    blocks = status.file_block_infos
    assert [block.offset for block in blocks] == [0, 1024, 2048]
    assert [block.block_info.length for block in blocks] == [1024, 1024, 952]
    assert [block.block_info.block_id for block in blocks] == status.block_ids
    assert len(set(status.block_ids)) == 3
    assert read(client, path) == data


def test_default_block_size(client, root):
    assert client.get_status(write(client, root + '/f')).block_size_bytes == 64 * 1024 * 1024


def test_cached_block_has_a_location(client, root):
    path = write(client, root + '/f', content(100000), write_type=wire.WRITE_TYPE_MUST_CACHE)
    block, = client.get_status(path).file_block_infos
    location, = block.block_info.locations
    assert location.tier_alias == 'MEM'
    assert location.worker_address.host


def test_every_mode(client, root):
    for digit in range(8):
        path = write(client, '%s/f%d' % (root, digit), mode=mode(6, digit, 7 - digit))
        assert client.get_status(path).mode == 0o600 + digit * 8 + 7 - digit


@pytest.mark.forebay_only
@pytest.mark.parametrize('bits', [wire.Mode(), wire.Mode(wire.BITS_ALL)])
def test_empty_mode_bits_are_invalid(client, root, bits):
    with pytest.raises(InvalidArgumentError):
        client.create_file(root + '/f', option.CreateFile(mode=bits))
    assert not client.exists(root + '/f')


def test_replication(client, root):
    path = write(client, root + '/f', replication_durable=1, replication_min=0, replication_max=3)
    assert read(client, path) == b'data'


@pytest.mark.forebay_only
def test_replication_range_must_not_be_empty(client, root):
    with pytest.raises(InvalidArgumentError):
        client.create_file(root + '/f', option.CreateFile(replication_min=3, replication_max=2))
    assert not client.exists(root + '/f')


@pytest.mark.forebay_only
def test_location_policy_is_ignored_whatever_it_names(client, root):
    path = write(client, root + '/f', location_policy_class='no.such.Policy')
    assert read(client, path) == b'data'


@pytest.mark.parametrize('size', SIZES)
def test_must_cache_is_never_persisted(client, place, size):
    data = content(size)
    path = write(client, place + '/f', data, write_type=wire.WRITE_TYPE_MUST_CACHE)
    status = client.get_status(path)
    assert status.persistence_state.name == 'NOT_PERSISTED'
    assert not status.persisted
    assert status.in_memory_percentage == 100
    assert read(client, path) == data


@pytest.mark.parametrize('size', SIZES)
def test_cache_through_is_persisted_and_cached_at_close(client, place, size):
    data = content(size)
    path = write(client, place + '/f', data, write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    status = client.get_status(path)
    assert status.persistence_state.name == 'PERSISTED'
    assert status.persisted
    assert status.in_memory_percentage == 100
    assert read(client, path) == data


@pytest.mark.parametrize('size', SIZES)
def test_through_is_persisted_and_cached_only_by_a_read(client, place, size):
    data = content(size)
    path = write(client, place + '/f', data, write_type=wire.WRITE_TYPE_THROUGH)
    status = client.get_status(path)
    assert status.persistence_state.name == 'PERSISTED'
    assert status.in_memory_percentage == 0
    assert read(client, path, read_type=wire.READ_TYPE_NO_CACHE) == data
    assert client.get_status(path).in_memory_percentage == 0
    assert read(client, path, read_type=wire.READ_TYPE_CACHE) == data
    in_memory(client, path, 100)


@pytest.mark.parametrize('size', SIZES)
@pytest.mark.parametrize('write_type', [wire.WRITE_TYPE_ASYNC_THROUGH, None])
def test_async_through_is_persisted_soon(client, place, size, write_type):
    data = content(size)
    path = write(client, place + '/f', data, write_type=write_type)
    status = client.get_status(path)
    assert status.persistence_state.name in ('TO_BE_PERSISTED', 'PERSISTED')
    assert status.in_memory_percentage == 100
    assert persisted(client, path).persisted
    assert read(client, path) == data


@pytest.mark.parametrize('write_type', WRITE_TYPES)
def test_under_store_holds_complete_files_or_nothing(client, mount, write_type):
    mounted = mount()
    path = mounted / 'f'
    data = content(300000)
    with client.open(path, 'w', option.CreateFile(write_type=write_type)) as writer:
        writer.write(data[:200000])
        assert not (mounted.folder / 'f').exists()
        writer.write(data[200000:])
    if write_type.name == 'MUST_CACHE':
        assert not (mounted.folder / 'f').exists()
        return
    persisted(client, path)
    assert (mounted.folder / 'f').read_bytes() == data
    assert mounted.entries() == ['f']
    assert client.get_status(path).ufs_path.endswith(str(mounted.folder / 'f'))


@pytest.mark.parametrize('write_type', WRITE_TYPES)
def test_empty_file(client, place, write_type):
    path = write(client, place + '/f', b'', write_type=write_type)
    status = client.get_status(path)
    assert status.completed
    assert (status.length, status.block_ids, status.file_block_infos) == (0, [], [])
    assert status.in_memory_percentage == 100
    assert read(client, path) == b''


def test_recursive_parents_get_the_write_type(client, mount):
    mounted = mount()
    write(client, mounted / 'a/b/f', recursive=True, write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    assert (mounted.folder / 'a' / 'b' / 'f').read_bytes() == b'data'
    assert client.get_status(mounted / 'a').persisted


@pytest.mark.forebay_only
def test_no_internal_folder_shows_up(client, root, mount):
    mounted = mount()
    for place in (root, mounted.path):
        persisted(client, write(client, place + '/f', write_type=wire.WRITE_TYPE_ASYNC_THROUGH))
    assert not [name for name in client.ls('/') if name.startswith('.')]
    assert client.ls(mounted.path) == ['f']
