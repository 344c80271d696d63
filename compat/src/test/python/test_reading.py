"""open_file, read, and the Reader."""

import urllib.parse

import pytest
import requests
import urllib3
from alluxio import option, wire
from alluxio.exceptions import (AlluxioError, HTTPError, InvalidArgumentError, NotFoundError,
                                UnknownError)

from support import MIB, content, in_memory, mkdir, persisted, raises, read, write


@pytest.fixture
def path(client, root):
    return write(client, root + '/f', b'0123456789')


def test_read_by_id(client, path):
    stream = client.open_file(path)
    assert isinstance(stream, int)
    reader = client.read(stream)
    assert reader.read() == b'0123456789'
    reader.close()
    assert client.close(stream) is None


def test_read_in_pieces(client, path):
    with client.open(path, 'r') as reader:
        assert [reader.read(3) for _ in range(5)] == [b'012', b'345', b'678', b'9', b'']


def test_read_some_then_the_rest(client, path):
    with client.open(path, 'r') as reader:
        assert reader.read(4) == b'0123'
        assert reader.read() == b'456789'


@pytest.mark.forebay_only
def test_read_some_then_the_rest_of_a_large_file(client, root):
    data = content(5 * MIB + 7)
    write(client, root + '/large', data)
    with client.open(root + '/large', 'r') as reader:
        assert reader.read(1000) + reader.read() == data


def test_iterate(client, root):
    data = content(100001)
    write(client, root + '/g', data)
    with client.open(root + '/g', 'r') as reader:
        pieces = list(reader)
    assert b''.join(pieces) == data
    assert max(map(len, pieces)) <= 4096


def test_second_read_request_finds_nothing_left(client, path):
    stream = client.open_file(path)
    assert client.read(stream).read() == b'0123456789'
    assert client.read(stream).read() == b''
    client.close(stream)


def test_open_and_close_without_reading(client, path):
    with client.open(path, 'r'):
        pass
    assert read(client, path) == b'0123456789'


@pytest.mark.forebay_only
def test_reader_closed_early_leaves_the_stream_closable(client, root):
    data = content(8 * MIB)
    write(client, root + '/large', data)
    for _ in range(3):
        with client.open(root + '/large', 'r') as reader:
            assert reader.read(10) == data[:10]
    stream = client.open_file(root + '/large')
    reader = client.read(stream)
    reader.read(10)
    reader.close()
    rest = client.read(stream).read()
    assert data.endswith(rest)
    client.close(stream)


@pytest.mark.parametrize('kind', ['NO_CACHE', 'CACHE', 'CACHE_PROMOTE'])
def test_open_file_options(client, path, kind):
    opt = option.OpenFile(read_type=getattr(wire, 'READ_TYPE_' + kind), max_ufs_read_concurrency=2)
    with client.open(path, 'r', opt) as reader:
        assert reader.read() == b'0123456789'


@pytest.mark.forebay_only
def test_read_location_policies_are_ignored(client, path):
    assert read(client, path, cache_location_policy_class='no.such.Policy',
                ufs_read_location_policy_class='no.such.Policy') == b'0123456789'


def test_open_errors(client, root):
    with raises(NotFoundError, root + '/none'):
        client.open_file(root + '/none')
    with raises(UnknownError, root + '/d'):
        client.open_file(mkdir(client, root + '/d'))
    with pytest.raises(InvalidArgumentError):
        client.open_file('relative')
    with pytest.raises(ValueError):
        with client.open(root + '/f', 'x'):
            pytest.fail('opened')


def test_incomplete_file_cannot_be_read(client, root):
    stream = client.create_file(root + '/f')
    with raises(UnknownError, root + '/f'):
        client.open_file(root + '/f')
    client.close(stream)
    assert read(client, root + '/f') == b''


@pytest.mark.forebay_only
def test_half_read_stream_beside_other_calls(client, root):
    data = content(4 * MIB)
    write(client, root + '/large', data)
    with client.open(root + '/large', 'r') as reader:
        first = reader.read(100)
        assert client.get_status(root + '/large').length == len(data)
        write(client, root + '/other', b'x')
        assert read(client, root + '/other') == b'x'
        assert first + reader.read() == data


@pytest.mark.forebay_only
def test_reader_keeps_the_file_that_it_opened(client, root):
    data = content(4 * MIB)
    path = write(client, root + '/f', data, write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    with client.open(path, 'r') as reader:
        first = reader.read(100)
        client.rename(path, path + '2')
        client.free(path + '2')
        assert first + reader.read() == data


def test_deleted_while_read_never_gives_wrong_bytes(client, root):
    data = content(16 * MIB)
    path = write(client, root + '/f', data)
    with client.open(path, 'r') as reader:
        got = reader.read(100)
        client.delete(path)
        write(client, path, b'other')
        try:
            got += reader.read()
            assert got == data
        except (AlluxioError, HTTPError, requests.RequestException, urllib3.exceptions.HTTPError):
            pass  # saying that the file is gone is as good


def test_cache_holds_what_a_reader_took(client, mount):
    mounted = mount()
    mounted.put('f', content(200000))
    assert client.get_status(mounted / 'f').in_memory_percentage == 0
    assert read(client, mounted / 'f', read_type=wire.READ_TYPE_CACHE) == content(200000)
    in_memory(client, mounted / 'f', 100)


def test_download_file(client, root, raw):
    path = write(client, root + '/a b', content(100000))
    answer = raw.send('GET', '/api/v1/paths/' + path.replace(' ', '%20') + '/download-file')
    assert answer.status == 200
    assert answer.body == content(100000)
    assert answer.headers['content-type'] == 'application/octet-stream'
    disposition = answer.headers['content-disposition']
    assert disposition.startswith('attachment; filename')
    assert 'a b' in urllib.parse.unquote(disposition)


def test_async_file_is_readable_before_and_after_it_is_persisted(client, mount):
    mounted = mount()
    data = content(MIB)
    path = write(client, mounted / 'f', data, write_type=wire.WRITE_TYPE_ASYNC_THROUGH)
    assert read(client, path) == data
    persisted(client, path)
    assert read(client, path) == data
    assert (mounted.folder / 'f').read_bytes() == data
