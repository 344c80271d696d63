"""Stream ids: their life, several users of one, and many at once."""

import threading

import pytest
from alluxio.exceptions import AlluxioError, InternalError

from conftest import new_client
from support import MIB, content, raises, read, write


@pytest.fixture
def path(client, root):
    return write(client, root + '/f', b'0123456789')


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


def test_proxy_info(raw):
    info = raw.send('GET', '/api/v1/proxy/info').json()
    assert info['uptimeMs'] >= 0 and info['startTimeMs'] > 0
    assert info['version'] and isinstance(info['configuration'], dict)
