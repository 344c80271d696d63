"""get_status, list_status, ls, and every wire class in their answers."""

import json
import time

import pytest
from alluxio import option, wire
from alluxio.exceptions import InvalidArgumentError, NotFoundError

from support import content, last, mkdir, names, raises, write

FILE_INFO_KEYS = {
    'blockIds', 'blockSizeBytes', 'cacheable', 'completed', 'creationTimeMs',
    'lastModificationTimeMs', 'fileBlockInfos', 'fileId', 'folder', 'owner', 'group',
    'inMemoryPercentage', 'length', 'name', 'path', 'ufsPath', 'pinned', 'persisted',
    'persistenceState', 'mode', 'mountPoint', 'ttl', 'ttlAction'}


def test_file(client, root):
    started = time.time() * 1000 - 2000
    path = write(client, root + '/f', content(100), write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    status = client.get_status(path)
    assert (status.name, status.path, status.length) == ('f', path, 100)
    assert not status.folder and status.completed and status.cacheable
    assert not status.pinned and not status.mount_point
    assert started < status.creation_time_ms <= status.last_modification_time_ms
    assert status.last_modification_time_ms < time.time() * 1000 + 2000
    assert status.owner and status.group
    assert (status.ttl, status.ttl_action.name) == (-1, 'FREE')
    assert status.file_id > 0
    assert status.ufs_path.endswith(path)


def test_directory(client, root):
    for name in ('a', 'b'):
        write(client, root + '/' + name)
    status = client.get_status(root)
    assert status.folder and status.completed and not status.cacheable
    assert (status.length, status.block_size_bytes, status.block_ids) == (2, 0, [])
    assert (status.in_memory_percentage, status.file_block_infos) == (0, [])
    assert not status.mount_point


def test_root(client, root):
    status = client.get_status('/')
    assert (status.name, status.path, status.file_id) == ('', '/', 0)
    assert status.folder and not status.mount_point
    assert last(root) in client.ls('/')


def test_file_id_survives_a_rename(client, root):
    before = client.get_status(write(client, root + '/a')).file_id
    client.rename(root + '/a', root + '/b')
    assert client.get_status(root + '/b').file_id == before


def test_missing(client, root):
    for call in (client.get_status, client.list_status, client.ls):
        with raises(NotFoundError, root + '/none'):
            call(root + '/none')
    with raises(NotFoundError, 'none'):
        client.get_status(root + '/none/below')


def test_message_names_the_whole_path(client, root):
    with pytest.raises(NotFoundError) as caught:
        client.get_status(root + '/a b')
    assert root + '/a b' in caught.value.message


def test_below_a_file_is_invalid(client, root):
    path = write(client, root + '/f')
    with raises(InvalidArgumentError, path):
        client.get_status(path + '/below')


@pytest.mark.parametrize('path', ['relative', ''])
def test_relative_path_is_invalid(client, path):
    with pytest.raises(InvalidArgumentError):
        client.get_status(path)


@pytest.mark.parametrize('kind', ['NEVER', 'ONCE', 'ALWAYS'])
def test_load_metadata_types(client, root, kind):
    load = getattr(wire, 'LOAD_METADATA_TYPE_' + kind)
    path = write(client, root + '/f')
    assert names(client, root, load_metadata_type=load) == ['f']
    try:
        opt = option.GetStatus(load_metadata_type=load)
    except TypeError:  # before 0.1.4 the class takes no option
        opt = option.GetStatus()
    assert client.get_status(path, opt).name == 'f'


def test_directory_listing(client, root):
    write(client, root + '/b')
    mkdir(client, root + '/a')
    write(client, root + '/a/c')
    assert client.ls(root) == ['a', 'b']
    assert [s.folder for s in client.list_status(root)] == [True, False]
    assert [s.path for s in client.list_status(root)] == [root + '/a', root + '/b']


def test_recursive_listing_leaves_out_the_folder_itself(client, root):
    write(client, root + '/a/b/c', recursive=True)
    paths = [s.path for s in client.list_status(root, option.ListStatus(recursive=True))]
    assert sorted(paths) == [root + '/a', root + '/a/b', root + '/a/b/c']
    assert names(client, root, recursive=False) == ['a']


def test_listing_a_file_gives_the_file(client, root):
    path = write(client, root + '/f')
    status, = client.list_status(path)
    assert status.path == path
    assert client.ls(path) == ['f']


def test_empty_directory(client, root):
    assert client.list_status(root) == []
    assert names(client, root, recursive=True) == []


def test_listing_agrees_with_status(client, root):
    path = write(client, root + '/f', content(3000), block_size_bytes=1024)
    listed, = client.list_status(root)
    shown, wanted = listed.json(), client.get_status(path).json()
    for volatile in ('persisted', 'persistenceState'):
        shown.pop(volatile), wanted.pop(volatile)
    assert shown == wanted


def test_incomplete_file_is_listed(client, root):
    stream = client.create_file(root + '/f')
    status, = client.list_status(root)
    assert not status.completed
    client.close(stream)


def test_wire_classes_round_trip(client, root, raw):
    path = write(client, root + '/f', content(3000), block_size_bytes=1024,
                 write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    sent = raw.post(path, 'get-status').json()
    assert FILE_INFO_KEYS <= sent.keys()
    info = wire.FileInfo.from_json(sent)
    again = info.json()
    assert again.keys() == FILE_INFO_KEYS
    for key in FILE_INFO_KEYS - {'fileBlockInfos'}:
        assert again[key] == sent[key], key
    assert wire.FileInfo.from_json(again).json() == again
    assert json.loads(repr(info)) == again
    assert_blocks_round_trip(info, sent['fileBlockInfos'])


def assert_blocks_round_trip(info, sent):
    assert len(info.file_block_infos) == 3
    for block, raw_block in zip(info.file_block_infos, sent):
        assert isinstance(block, wire.FileBlockInfo)
        assert isinstance(block.block_info, wire.BlockInfo)
        assert block.json()['offset'] == raw_block['offset']
        assert block.json()['ufsLocations'] == raw_block['ufsLocations']
        for location in block.block_info.locations:
            assert isinstance(location, wire.BlockLocation)
            assert isinstance(location.worker_address, wire.WorkerNetAddress)
            assert wire.BlockLocation.from_json(location.json()).json() == location.json()


def test_extra_keys_of_the_real_server(client, root, raw):
    path = write(client, root + '/f')
    sent = raw.post(path, 'get-status').json()
    assert sent['lastAccessTimeMs'] > 0
    assert sent['acl']['stringEntries'] == ['user::rw-', 'group::r--', 'other::r--']
    assert sent['xattr'] in ({}, None)
    assert (sent['replicationMax'], sent['replicationMin']) == (-1, 0)


@pytest.mark.server_only
@pytest.mark.parametrize('count', [
    5000, pytest.param(100000, marks=[pytest.mark.slow, pytest.mark.forebay_only])])
def test_many_entries_in_one_directory(root, raw, client, count):
    for number in range(count):
        answer = raw.post('%s/e%06d' % (root, number), 'create-directory')
        assert answer.status == 200
    listed = client.ls(root)
    assert listed == ['e%06d' % number for number in range(count)]
    assert client.get_status(root).length == count
    client.delete(root, option.Delete(recursive=True))
    assert not client.exists(root)
