"""What is done to a mounted folder behind the server's back."""

import os

import pytest
import requests
import urllib3
from alluxio import option, wire
from alluxio.exceptions import AlluxioError, HTTPError, NotFoundError

from support import SYNC, content, in_memory, names, raises, read, write


def always(client, path):
    return names(client, path, load_metadata_type=wire.LOAD_METADATA_TYPE_ALWAYS)


def test_unseen_file_is_loaded_when_first_named(client, mount):
    mounted = mount()
    (mounted.folder / 'd').mkdir()
    mounted.put('d/f', b'one')
    mounted.put('g', b'two')
    mounted.put('h', b'three')
    assert client.get_status(mounted / 'd/f').length == 3
    assert client.exists(mounted / 'g')
    assert read(client, mounted / 'h') == b'three'


def test_never_does_not_look(client, mount, raw):
    mounted = mount()
    mounted.put('f', b'x')
    answer = raw.post(mounted / 'f', 'get-status', {'loadMetadataType': 'NEVER'})
    assert answer.json()['statusCode'] == 'NOT_FOUND'
    assert names(client, mounted.path, load_metadata_type=wire.LOAD_METADATA_TYPE_NEVER) == []
    assert client.get_status(mounted / 'f').length == 1
    answer = raw.post(mounted / 'f', 'get-status', {'loadMetadataType': 'NEVER'})
    assert answer.json()['length'] == 1


def test_listing_loads_once_and_always_finds_additions(client, mount):
    mounted = mount()
    mounted.put('a', b'x')
    assert names(client, mounted.path) == ['a']
    mounted.put('b', b'x')
    assert always(client, mounted.path) == ['a', 'b']
    assert names(client, mounted.path) == ['a', 'b']


def test_recursive_listing_loads_all_levels(client, mount):
    mounted = mount()
    (mounted.folder / 'a' / 'b').mkdir(parents=True)
    mounted.put('a/b/c', b'x')
    assert sorted(names(client, mounted.path, recursive=True)) == ['a', 'b', 'c']


def test_forced_sync_finds_a_changed_file(client, mount, raw):
    mounted = mount()
    mounted.put('f', b'old')
    assert read(client, mounted / 'f') == b'old'
    mounted.put('f', b'new and longer')
    assert raw.post(mounted / 'f', 'get-status', SYNC).json()['length'] == 14
    assert read(client, mounted / 'f') == b'new and longer'


def test_forced_sync_of_a_listing_finds_all_changes(client, mount, raw):
    mounted = mount()
    for name in ('changed', 'removed'):
        mounted.put(name, b'old')
        assert read(client, mounted / name) == b'old'
    mounted.put('changed', b'newer')
    (mounted.folder / 'removed').unlink()
    mounted.put('added', b'x')
    listed = raw.post(mounted.path, 'list-status', SYNC).json()
    assert {info['name']: info['length'] for info in listed} == {'added': 1, 'changed': 5}
    assert read(client, mounted / 'changed') == b'newer'
    with raises(NotFoundError, 'removed'):
        client.get_status(mounted / 'removed')


def test_forced_sync_notices_the_same_length(client, mount, raw):
    mounted = mount()
    mounted.put('f', b'old')
    assert read(client, mounted / 'f') == b'old'
    mounted.put('f', b'new')
    os.utime(mounted.folder / 'f', (2000000000, 2000000000))
    raw.post(mounted / 'f', 'get-status', SYNC)
    assert read(client, mounted / 'f') == b'new'


def test_forced_sync_finds_a_vanished_file(client, mount, raw):
    mounted = mount()
    mounted.put('f', b'x')
    assert client.exists(mounted / 'f')
    (mounted.folder / 'f').unlink()
    answer = raw.post(mounted / 'f', 'get-status', SYNC)
    assert answer.json()['statusCode'] == 'NOT_FOUND'
    assert not client.exists(mounted / 'f')


def test_forced_sync_of_a_directory_that_became_a_file(client, mount, raw):
    mounted = mount()
    (mounted.folder / 'x').mkdir()
    mounted.put('x/f', b'x')
    assert client.exists(mounted / 'x/f')
    (mounted.folder / 'x' / 'f').unlink()
    (mounted.folder / 'x').rmdir()
    mounted.put('x', b'file')
    assert raw.post(mounted / 'x', 'get-status', SYNC).json()['folder'] is False
    assert read(client, mounted / 'x') == b'file'


def test_forced_sync_keeps_what_is_not_persisted(client, mount, raw):
    mounted = mount()
    path = write(client, mounted / 'f', b'only here', write_type=wire.WRITE_TYPE_MUST_CACHE)
    assert raw.post(mounted.path, 'list-status', SYNC).json()[0]['name'] == 'f'
    assert read(client, path) == b'only here'


@pytest.mark.forebay_only
@pytest.mark.parametrize('size', [3, 300000])
def test_vanished_file_is_never_read_as_empty(client, mount, size):
    mounted = mount()
    mounted.put('f', content(size))
    assert client.get_status(mounted / 'f').length == size
    (mounted.folder / 'f').unlink()
    with pytest.raises((AlluxioError, HTTPError, requests.RequestException,
                        urllib3.exceptions.HTTPError)):
        read(client, mounted / 'f')


@pytest.mark.forebay_only
@pytest.mark.parametrize('changed', [100, 300000, 500000])
def test_changed_file_is_never_read_as_a_mix(client, mount, changed):
    mounted = mount()
    old, new = content(300000), content(changed, seed=2)
    mounted.put('f', old)
    path = mounted / 'f'
    with client.open(path, 'r', option.OpenFile(read_type=wire.READ_TYPE_NO_CACHE)) as reader:
        assert reader.read(1000) == old[:1000]
    mounted.put('f', new)
    os.utime(mounted.folder / 'f', (2000000000, 2000000000))
    try:
        assert read(client, path) in (old, new)
    except (AlluxioError, HTTPError, requests.RequestException, urllib3.exceptions.HTTPError):
        pass  # saying that the file changed is as good


def test_cached_file_outlives_a_change_until_a_sync(client, mount, raw):
    mounted = mount()
    mounted.put('f', content(100000))
    assert read(client, mounted / 'f') == content(100000)
    in_memory(client, mounted / 'f', 100)
    mounted.put('f', content(50000, seed=2))
    raw.post(mounted / 'f', 'get-status', SYNC)
    assert client.get_status(mounted / 'f').length == 50000
    assert read(client, mounted / 'f') == content(50000, seed=2)
