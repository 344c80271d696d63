"""open_file, create_file, read, write, close, Reader and Writer."""

import io
import threading

import pytest
import requests
import urllib3
from alluxio import option, wire
from alluxio.exceptions import (AlluxioError, HTTPError, InternalError,
                                InvalidArgumentError, NotFoundError, UnknownError)

from conftest import new_client
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


def test_many_writes(client, root):
    pieces = [content(number, seed=number) for number in range(1, 201)]
    with client.open(root + '/f', 'w') as writer:
        for piece in pieces:
            assert writer.write(piece) == len(piece)
    assert read(client, root + '/f') == b''.join(pieces)


def test_writers_of_one_stream_append(client, root):
    stream = client.create_file(root + '/f')
    for piece in (b'one ', b'two ', b'three'):
        writer = client.write(stream)
        writer.write(piece)
        writer.close()
    client.close(stream)
    assert read(client, root + '/f') == b'one two three'


@pytest.mark.parametrize('name, body, expected', [
    ('text', 'h\u00e4\u00df \u65e5', 'h\u00e4\u00df \u65e5'.encode()),
    ('empty', b'', b''),
    ('bytearray', bytearray(b'x' * 1000), b'x' * 1000),
    ('file', io.BytesIO(b'y' * 300000), b'y' * 300000),
])
def test_bodies(client, root, name, body, expected):
    with client.open(root + '/' + name, 'w') as writer:
        assert writer.write(body) == len(expected)
    assert read(client, root + '/' + name) == expected


def test_generator_body(client, root):
    pieces = [content(number * 97, seed=number) for number in range(1, 200)]
    with client.open(root + '/f', 'w') as writer:
        assert writer.write(iter(pieces)) == sum(map(len, pieces))
        assert writer.write(piece for piece in [b'and', b' more']) == 8
    assert read(client, root + '/f') == b''.join(pieces) + b'and more'


def test_empty_generator_body(client, root):
    with client.open(root + '/f', 'w') as writer:
        assert writer.write(iter([])) == 0
    assert client.get_status(root + '/f').length == 0


def test_local_file_body(client, root, tmp_path):
    (tmp_path / 'f').write_bytes(content(3 * MIB))
    with client.open(root + '/f', 'w') as writer, open(tmp_path / 'f', 'rb') as local:
        assert writer.write(local) == 3 * MIB
    assert read(client, root + '/f') == content(3 * MIB)


@pytest.mark.forebay_only
def test_dict_body_is_stored_as_the_client_encodes_it(client, root):
    with client.open(root + '/f', 'w') as writer:
        assert writer.write({'a': 'b c'}) == 5
    assert read(client, root + '/f') == b'a=b+c'


def test_error_in_user_code_completes_what_was_written(client, root):
    with pytest.raises(KeyError):
        with client.open(root + '/f', 'w') as writer:
            writer.write(b'partial')
            raise KeyError('user code')
    assert client.get_status(root + '/f').completed
    assert read(client, root + '/f') == b'partial'


def test_generator_that_fails_midway_keeps_the_stream_usable(client, root):
    def body():
        yield b'x' * 100000
        raise KeyError('user code')

    stream = client.create_file(root + '/f')
    with pytest.raises(KeyError):
        client.write(stream).write(body())
    client.session.close()
    # the server hears of the broken connection in its own time; writes run one after the other
    assert client.write(stream).write(b'end') == 3
    client.close(stream)
    stored = read(client, root + '/f')
    assert stored.endswith(b'end')
    assert stored[:-3] == b'x' * (len(stored) - 3) and len(stored) <= 100003


@pytest.mark.parametrize('stream', [0, 999999999, -1, 2 ** 31, 2 ** 63, 2 ** 100])
@pytest.mark.forebay_only
def test_unknown_ids(client, stream):
    for call in (lambda: client.close(stream), lambda: client.read(stream).read(),
                 lambda: client.write(stream).write(b'x')):
        with raises(InternalError, 'stream does not exist'):
            call()


def test_unknown_id_of_close_and_write(client):
    with raises(InternalError, 'stream does not exist'):
        client.close(999999999)
    with raises(InternalError, 'stream does not exist'):
        client.write(999999999).write(b'x')


def test_close_twice(client, path):
    stream = client.open_file(path)
    client.close(stream)
    with raises(InternalError, 'stream does not exist'):
        client.close(stream)
    made = client.create_file(path + '2')
    client.close(made)
    with raises(InternalError, 'stream does not exist'):
        client.close(made)


@pytest.mark.forebay_only
def test_wrong_kind_of_stream(client, root, path):
    reading, writing = client.open_file(path), client.create_file(root + '/g')
    with raises(InternalError, 'stream does not exist'):
        client.write(reading).write(b'x')
    with raises(InternalError, 'stream does not exist'):
        client.read(writing).read()
    client.close(reading)
    client.close(writing)
    assert read(client, path) == b'0123456789'


def test_ids_are_shared_by_clients(client, root):
    stream = client.create_file(root + '/f')
    other = new_client()
    other.write(stream).write(b'by another')
    other.close(stream)
    assert read(client, root + '/f') == b'by another'


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


@pytest.mark.forebay_only
def test_hundreds_of_open_streams(client, root):
    streams = {}
    for number in range(300):
        path = '%s/f%d' % (root, number)
        stream = client.create_file(path)
        assert client.write(stream).write(b'few %d' % number) > 0
        streams[path] = stream
    for path, stream in streams.items():
        client.close(stream)
    readers = [client.open_file(path) for path in streams]
    for number, stream in enumerate(readers):
        assert client.read(stream).read() == b'few %d' % number
    for stream in readers:
        client.close(stream)


@pytest.mark.forebay_only
def test_two_reads_at_once_on_one_stream(client, root):
    data = content(32 * MIB)
    write(client, root + '/f', data)
    stream = client.open_file(root + '/f')
    first, results = client.read(stream), []
    assert first.read(10) == data[:10]

    def second():
        try:
            results.append(new_client().read(stream).read())
        except AlluxioError as error:
            results.append(error)

    other = threading.Thread(target=second)
    other.start()
    assert data[:10] + first.read() == data
    other.join(60)
    assert not other.is_alive()
    assert results == [b''] or isinstance(results[0], AlluxioError)
    client.close(stream)


@pytest.mark.forebay_only
def test_writes_at_once_on_one_stream_run_one_after_the_other(client, root):
    stream = client.create_file(root + '/f')
    bodies = [bytes([letter]) * MIB for letter in b'ABCD']

    def chunks(body):
        for start in range(0, len(body), 50000):
            yield body[start:start + 50000]

    threads = [threading.Thread(
        target=lambda body: new_client().write(stream).write(chunks(body)), args=(body,))
        for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    client.close(stream)
    stored = read(client, root + '/f')
    pieces = [stored[start:start + MIB] for start in range(0, len(stored), MIB)]
    assert sorted(pieces) == bodies


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
    assert 'a b' in answer.headers['content-disposition']


def test_proxy_info(raw):
    info = raw.send('GET', '/api/v1/proxy/info').json()
    assert info['uptimeMs'] >= 0 and info['startTimeMs'] > 0
    assert info['version'] and isinstance(info['configuration'], dict)


def test_async_file_is_readable_before_and_after_it_is_persisted(client, mount):
    mounted = mount()
    data = content(MIB)
    path = write(client, mounted / 'f', data, write_type=wire.WRITE_TYPE_ASYNC_THROUGH)
    assert read(client, path) == data
    persisted(client, path)
    assert read(client, path) == data
    assert (mounted.folder / 'f').read_bytes() == data
