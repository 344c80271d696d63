"""Nonsense on the wire: a clear error in the protocol's form, and the node unharmed."""

import os
import random
import socket
import time

import pytest
from alluxio import option
from alluxio.exceptions import AlluxioError, InvalidArgumentError

from support import MIB, eventually, read, write

pytestmark = [pytest.mark.forebay_only, pytest.mark.server_only]


@pytest.fixture(autouse=True)
def unharmed(client):
    yield
    started = time.monotonic()
    assert client.exists('/') is True
    assert time.monotonic() - started < 5


def bad(raw, path, action, body, query=''):
    answer = raw.post(path, action, body, query)
    assert answer.status == 400, (answer.status, answer.body[:300])
    assert answer.error() == 'INVALID_ARGUMENT'


@pytest.mark.parametrize('body', [
    b'{', b'}', b'{"recursive"', b'{"recursive": }', b'{"recursive": tru', b'{recursive: true}',
    b"{'recursive': true}", b'{"recursive": true} trailing', b'\x00', b'\xff\xfe{}',
    b'{"writeType": "\xff"}', b'{"a": "\\u12"}', b'[', b'[1, 2]', b'"text"', b'7', b'true',
    b'{"recursive": true,}', b'//', b'NaN', b'<xml/>'])
def test_malformed_json(raw, root, body):
    bad(raw, root + '/d', 'create-directory', body)


@pytest.mark.parametrize('options', [
    {'recursive': 'perhaps'}, {'recursive': {}}, {'recursive': []}, {'mode': 'rwx'},
    {'mode': 493.5}, {'mode': []}, {'mode': {'ownerBits': 'SOME'}}, {'mode': {'ownerBits': 8}},
    {'mode': {'ownerBits': -1}}, {'writeType': 'SOMETIMES'}, {'writeType': ''},
    {'writeType': ['THROUGH']}, {'writeType': 99}, {'commonOptions': 'x'},
    {'commonOptions': {'ttl': 'soon'}}, {'commonOptions': {'ttlAction': 'EXPLODE'}}])
def test_wrong_values(raw, root, options):
    bad(raw, root + '/d', 'create-directory', options)
    assert raw.post(root + '/d', 'exists').json() is False


@pytest.mark.parametrize('action, options', [
    ('create-file', {'blockSizeBytes': 'large'}), ('create-file', {'blockSizeBytes': 1.5}),
    ('create-file', {'blockSizeBytes': 2 ** 63}), ('create-file', {'blockSizeBytes': -2 ** 70}),
    ('create-file', {'ttl': 2 ** 64}), ('create-file', {'ttlAction': 'EXPLODE'}),
    ('create-file', {'replicationMax': 2 ** 31}), ('create-file', {'replicationMin': 'x'}),
    ('open-file', {'readType': 'SLOWLY'}),
    ('list-status', {'loadMetadataType': 'MAYBE'}), ('get-status', {'loadMetadataType': 17}),
    ('set-attribute', {'pinned': 'maybe'}), ('set-attribute', {'ttlAction': 0.5}),
    ('set-attribute', {'owner': {}}), ('delete', {'recursive': 'x'}), ('free', {'forced': []})])
def test_wrong_values_of_other_actions(raw, root, action, options):
    bad(raw, root + '/f', action, options)


@pytest.mark.parametrize('options', [
    {'blockSizeBytes': -1}, {'blockSizeBytes': 0}, {'blockSizeBytes': -2 ** 63},
    {'replicationMin': -5}, {'replicationMax': -5}])
def test_negative_sizes(raw, root, options):
    answer = raw.post(root + '/f', 'create-file', options)
    assert answer.error() == 'INVALID_ARGUMENT'
    assert raw.post(root + '/f', 'exists').json() is False


def test_overflowing_ttl_never_expires(client, root, raw):
    stream = raw.post(root + '/f', 'create-file', {'ttl': 2 ** 63 - 1, 'ttlAction': 'DELETE'})
    client.close(stream.json())
    write(client, root + '/w')
    time.sleep(1.5)
    assert client.exists(root + '/f')


def test_deeply_nested_json(raw, root):
    for body in (b'[' * 100000, b'{"a":' * 100000, b'{"x":' + b'[' * 100000 + b']' * 100000 + b'}'):
        answer = raw.post(root + '/d', 'create-directory', body)
        assert answer.error() == 'INVALID_ARGUMENT'


def test_huge_options(raw, root):
    """More than any option object needs; refused before it is held in memory."""
    body = b'{"x": "' + b'y' * (64 * MIB) + b'"}'
    try:
        answer = raw.post(root + '/d', 'create-directory', body)
        assert answer.error() == 'INVALID_ARGUMENT'
    except ConnectionError:
        raw.connection.close()  # refusing to take the body at all is as good


@pytest.mark.parametrize('path', [
    '/%00', '/a%00b', '%00', '/a/../b', '/..', '/../..', '/a/%2e%2e/b', '/a/.%2E/b', '/./a',
    '/a/%2e/b'])
@pytest.mark.parametrize('action', ['create-directory', 'create-file', 'get-status', 'delete'])
def test_unusable_paths(raw, root, path, action):
    answer = raw.post(root + path, action)
    assert answer.error() == 'INVALID_ARGUMENT'


@pytest.mark.parametrize('path', ['/%', '/%zz', '/%f'])
def test_broken_escapes(raw, root, path):
    assert raw.post(root + path, 'create-directory').error() == 'INVALID_ARGUMENT'


@pytest.mark.parametrize('name', ['%c3%28', '%ff', '%ed%a0%80'])
def test_names_that_are_no_text(raw, client, root, name):
    """Names are bytes: such a name is refused, or it is kept apart from others and can be used."""
    answer = raw.post(root + '/' + name, 'create-directory')
    if answer.status != 200:
        assert answer.error() == 'INVALID_ARGUMENT'
        return
    assert raw.post(root + '/' + name, 'exists').json() is True
    assert raw.post(root + '/%fe', 'exists').json() is False
    assert raw.post(root + '/%ef%bf%bd', 'exists').json() is False
    assert len(client.list_status(root)) == 1
    assert raw.post(root + '/' + name, 'delete').status == 200
    assert client.ls(root) == []


@pytest.mark.parametrize('target', ['/a/../b', '/..', '/a%00b', '/x/./y'])
def test_unusable_rename_targets(raw, client, root, target):
    path = write(client, root + '/f')
    query = '?dst=' + root + target
    assert raw.post(path, 'rename', None, query).error() == 'INVALID_ARGUMENT'
    assert client.ls(root) == ['f']


def test_ten_thousand_nested_directories_in_one_path(client, root):
    path = root + '/a' * 10000
    for call in (client.get_status, client.create_file, client.list_status,
                 lambda p: client.create_directory(p, option.CreateDirectory(recursive=True)),
                 lambda p: client.delete(p, option.Delete(recursive=True))):
        with pytest.raises(AlluxioError):
            call(path)
    assert client.ls(root) == []


def test_nested_deeper_than_any_path_may_be_long(client, root):
    """Renaming one deep tree below another may be refused; whatever stands must be removable."""
    deep = '/d' * 2000
    for top in 'ab':
        client.create_directory(root + '/' + top + deep, option.CreateDirectory(recursive=True))
    try:
        for number in range(4):
            client.rename(root + '/b', root + '/a' + deep + '/b%d' % number)
            client.rename(root + '/a', root + '/b')
            client.create_directory(root + '/a' + deep, option.CreateDirectory(recursive=True))
    except AlluxioError as error:
        assert isinstance(error, InvalidArgumentError)
    try:
        client.list_status(root, option.ListStatus(recursive=True))
    except AlluxioError as error:
        assert isinstance(error, InvalidArgumentError)
    client.delete(root, option.Delete(recursive=True))
    assert not client.exists(root)


def request(head, body=b''):
    return ('\r\n'.join(head) + '\r\n\r\n').encode('latin-1') + body


def first_status(answer):
    return int(answer.split(b' ', 2)[1]) if answer.startswith(b'HTTP/1.') else None


def assert_refused(answer, in_json=True):
    """Either an error in the protocol's form, or a closed connection without a word."""
    status = first_status(answer)
    assert status is None or status >= 400, answer[:300]
    if status is not None and in_json:
        assert b'"statusCode"' in answer and b'"status"' in answer, answer[:500]


@pytest.mark.parametrize('size', [16 * 1024, 70 * 1024, MIB, 64 * MIB])
def test_absurd_header_sizes(raw, root, size):
    exists = 'POST /api/v1/paths/%s/exists HTTP/1.1' % root
    assert_refused_or_served(raw, request([exists, 'Host: x', 'X-Large: ' + 'y' * size,
                                           'Connection: close', 'Content-Length: 0']))


def assert_refused_or_served(raw, data):
    answer = raw.bytes(data, half_close=False)
    if first_status(answer) != 200:
        assert_refused(answer)


def test_very_many_headers(raw, root):
    exists = 'POST /api/v1/paths/%s/exists HTTP/1.1' % root
    headers = ['X-%d: y' % number for number in range(100000)]
    assert_refused(raw.bytes(request([exists, 'Host: x', 'Content-Length: 0'] + headers)))


def test_absurdly_long_address(raw):
    for size in (20000, MIB):
        line = 'POST /api/v1/paths//%s/get-status HTTP/1.1' % ('a' * size)
        answer = raw.bytes(request([line, 'Host: x', 'Content-Length: 0', 'Connection: close']))
        assert_refused(answer)


@pytest.mark.parametrize('head', [
    ['Content-Length: -1'], ['Content-Length: x'], ['Content-Length: 99999999999999999999'],
    ['Content-Length: 5', 'Content-Length: 7'], ['Content-Length: 5', 'Transfer-Encoding: chunked'],
    ['Transfer-Encoding: nonsense'], ['Content-Length : 5'], ['Content-Length: 5', 'No-Colon']])
def test_broken_framing(raw, client, root, head):
    stream = client.create_file(root + '/f')
    line = 'POST /api/v1/streams/%d/write HTTP/1.1' % stream
    raw.bytes(request([line, 'Host: x', 'Connection: close'] + head, b'hello'))
    client.close(stream)
    assert read(client, root + '/f') in (b'', b'hello')


@pytest.mark.parametrize('chunks', [
    b'5\r\nhel', b'zz\r\nhello\r\n0\r\n\r\n', b'5\r\nhelloXX0\r\n\r\n',
    b'-5\r\nhello\r\n0\r\n\r\n', b'ffffffffffffffffff\r\nhello', b'5\r\nhello\r\n'])
def test_broken_chunks(raw, client, root, chunks):
    stream = client.create_file(root + '/f')
    line = 'POST /api/v1/streams/%d/write HTTP/1.1' % stream
    answer = raw.bytes(request([line, 'Host: x', 'Transfer-Encoding: chunked'], chunks))
    assert first_status(answer) != 200
    # a write broken off leaves the stream usable
    assert client.write(stream).write(b'!') == 1
    client.close(stream)
    stored = read(client, root + '/f')
    assert stored.endswith(b'!') and b'hello'.startswith(stored[:-1])


@pytest.mark.parametrize('sent', [0, 1, 100000, 3000000])
def test_half_sent_body_keeps_what_arrived(raw, client, root, sent):
    stream = client.create_file(root + '/f')
    line = 'POST /api/v1/streams/%d/write HTTP/1.1' % stream
    answer = raw.bytes(request([line, 'Host: x', 'Content-Length: 4000000'], b'x' * sent))
    assert first_status(answer) != 200
    assert client.write(stream).write(b'end') == 3
    client.close(stream)
    assert read(client, root + '/f') == b'x' * sent + b'end'


def test_half_sent_options_change_nothing(raw, root):
    line = 'POST /api/v1/paths/%s/d/create-directory HTTP/1.1' % root
    raw.bytes(request([line, 'Host: x', 'Content-Type: application/json', 'Content-Length: 50'],
                      b'{"recursive": true'))
    assert raw.post(root + '/d', 'exists').json() is False


@pytest.mark.parametrize('data', [
    b'\r\n' * 1000, b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' + b'\x00' * 500,
    b'GET\r\n\r\n', b'POST / HTTP/9.9\r\nHost: x\r\n\r\n', b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    b'\x00' * 100000, b'POST ' + b'\xff' * 100 + b' HTTP/1.1\r\n\r\n', b'hello'],
    ids=['blank', 'tls', 'short', 'version', 'http2', 'zeros', 'high', 'word'])
def test_not_http(raw, data):
    assert_refused(raw.bytes(data), in_json=False)


@pytest.mark.parametrize('seed', range(20))
def test_random_bytes(raw, seed):
    chosen = random.Random(seed)
    good = b'POST /api/v1/paths//x/get-status HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}'
    data = bytearray(good)
    for _ in range(chosen.randint(1, 8)):
        data[chosen.randrange(len(data))] = chosen.randrange(256)
    raw.bytes(bytes(data), timeout=60)


def test_many_connections_that_say_nothing(client):
    silent = []
    try:
        for _ in range(300):
            silent.append(socket.create_connection((client.host, client.port), timeout=10))
        for number in range(20):
            assert client.exists('/') is True
    finally:
        for connection in silent:
            connection.close()


def test_connections_dropped_in_the_middle_of_answers(client, root):
    write(client, root + '/f', os.urandom(8 * MIB))
    for _ in range(30):
        stream = client.open_file(root + '/f')
        line = 'POST /api/v1/streams/%d/read HTTP/1.1' % stream
        with socket.create_connection((client.host, client.port), timeout=10) as connection:
            connection.sendall(request([line, 'Host: x', 'Content-Length: 0']))
            connection.recv(10)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')
        client.close(stream)
    eventually(lambda: client.exists(root + '/f'))
