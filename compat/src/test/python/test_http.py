"""What the client's HTTP library depends on, checked on the wire."""

import http.client
import json

import pytest
from alluxio import option, wire

from support import content, mkdir, read, write


def test_success_is_200_and_void_has_no_body(raw, root):
    answer = raw.post(root + '/d', 'create-directory')
    assert (answer.status, answer.body) == (200, b'')
    assert answer.headers['content-length'] == '0'
    assert 'content-type' not in answer.headers
    for action in ('set-attribute', 'free', 'delete'):
        answer = raw.post(root + '/d', action)
        assert (answer.status, answer.body) == (200, b'')


def test_json_answers_have_their_content_type(raw, root):
    for action in ('exists', 'get-status', 'list-status'):
        answer = raw.post(root, action)
        assert answer.status == 200
        assert answer.headers['content-type'].startswith('application/json')


def test_stream_id_is_a_bare_integer(raw, root, client):
    answer = raw.post(root + '/f', 'create-file')
    assert answer.body.strip().isdigit()
    assert 0 < int(answer.body) < 2 ** 31
    client.close(int(answer.body))


@pytest.mark.forebay_only
@pytest.mark.parametrize('body', [None, b'', b'{}', b'null', b' { } ', b'{"nobody":{"knows":[1]}}'])
def test_absent_options_and_unknown_fields_mean_defaults(raw, root, body):
    for content_type in ('application/json', 'application/json; charset=utf-8'):
        answer = raw.post(root + '/d', 'create-directory', body, content_type=content_type)
        assert answer.status == 200
        raw.post(root + '/d', 'delete')


@pytest.mark.forebay_only
def test_error_form_everywhere(raw, root):
    assert raw.post(root + '/none', 'get-status').error() == 'NOT_FOUND'
    assert raw.post(root, 'create-directory').error() == 'ALREADY_EXISTS'
    assert raw.stream('999999999', 'read').error() == 'INTERNAL'
    assert raw.stream('abc', 'read').error() == 'INTERNAL'
    assert raw.post(root, 'rename').error() == 'INTERNAL'


@pytest.mark.forebay_only
@pytest.mark.parametrize('target', [
    '/', '/api', '/api/v1', '/api/v1/', '/api/v1/paths', '/api/v1/paths/', '/api/v1/paths//',
    '/api/v1/paths//x/no-such-action', '/api/v1/streams', '/api/v1/streams/1',
    '/api/v1/streams/1/no-such-action', '/favicon.ico', '/api/v2/paths//x/exists'])
def test_unknown_address(raw, target):
    answer = raw.send('POST', target)
    assert answer.status == 404
    assert answer.error() == 'NOT_FOUND'


@pytest.mark.forebay_only
@pytest.mark.parametrize('method', ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'BREW'])
def test_wrong_method(raw, root, method):
    answer = raw.send(method, '/api/v1/paths/' + root + '/get-status')
    assert answer.status == 405
    assert answer.error() == 'UNIMPLEMENTED'


@pytest.mark.forebay_only
def test_head_is_refused_without_a_body(raw, root):
    assert raw.send('HEAD', '/api/v1/paths/' + root + '/get-status').status == 405


@pytest.mark.forebay_only
@pytest.mark.parametrize('size', [0, 10, 100000, 3000000])
def test_read_has_its_length_and_no_encoding(raw, client, root, size):
    write(client, root + '/f', b'a' * size)
    stream = client.open_file(root + '/f')
    answer = raw.stream(stream, 'read', headers={'Accept-Encoding': 'gzip, deflate, br, zstd'})
    assert answer.status == 200 and answer.version == 11
    assert answer.headers['content-length'] == str(size)
    assert answer.headers['content-type'] == 'application/octet-stream'
    assert 'transfer-encoding' not in answer.headers
    assert 'content-encoding' not in answer.headers
    assert answer.body == b'a' * size
    client.close(stream)


@pytest.mark.parametrize('action', ['list-status', 'get-status'])
def test_nothing_is_compressed(raw, client, root, action):
    for number in range(50):
        mkdir(client, '%s/d%d' % (root, number))
    answer = raw.send('POST', '/api/v1/paths/' + root + '/' + action,
                      headers={'Accept-Encoding': 'gzip, deflate'})
    assert 'content-encoding' not in answer.headers
    assert json.loads(answer.body)


@pytest.mark.forebay_only
@pytest.mark.parametrize('content_type', [
    None, 'text/plain', 'application/json', 'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x', 'application/octet-stream', 'nonsense'])
def test_written_body_is_taken_whatever_its_type(raw, client, root, content_type):
    stream = client.create_file(root + '/f')
    headers = {'Content-Type': content_type} if content_type else {}
    body = b'{"a": 1}&b=c\r\n--x'
    assert raw.stream(stream, 'write', body, headers).json() == len(body)
    client.close(stream)
    assert read(client, root + '/f') == body


@pytest.mark.forebay_only
@pytest.mark.parametrize('spelling', ['Never', 'NEVER', 'never', 'nEvEr'])
def test_enums_in_any_case(raw, root, spelling):
    assert raw.post(root, 'list-status', {'loadMetadataType': spelling}).json() == []


@pytest.mark.forebay_only
def test_enums_of_options_in_any_case(raw, root, client):
    options = {'writeType': 'must_cache', 'ttl': 3600000, 'ttlAction': 'delete',
               'mode': {'ownerBits': 'all', 'groupBits': 'Read', 'otherBits': 'none'}}
    client.close(raw.post(root + '/f', 'create-file', options).json())
    status = client.get_status(root + '/f')
    assert (status.mode, status.ttl_action.name) == (0o740, 'DELETE')
    stream = raw.post(root + '/f', 'open-file', {'readType': 'no_Cache'}).json()
    client.close(stream)


@pytest.mark.forebay_only
def test_booleans_as_text_and_enums_as_numbers(raw, root, client):
    answer = raw.post(root + '/a/b', 'create-directory', {
        'recursive': 'true', 'mode': {'ownerBits': 7, 'groupBits': 5, 'otherBits': 0}})
    assert answer.status == 200
    assert client.get_status(root + '/a/b').mode == 0o750
    assert raw.post(root + '/a', 'delete', {'recursive': 'false'}).error() == 'FAILED_PRECONDITION'


@pytest.mark.forebay_only
def test_fields_that_2x_dropped_are_taken_at_the_top(raw, root, client):
    options = {'ttl': 3600000, 'ttlAction': 'DELETE', 'locationPolicyClass': 'x.Y'}
    client.close(raw.post(root + '/f', 'create-file', options).json())
    assert client.get_status(root + '/f').ttl == 3600000
    options = {'cacheLocationPolicyClass': 'x.Y', 'ufsReadLocationPolicyClass': 'x.Y'}
    client.close(raw.post(root + '/f', 'open-file', options).json())


@pytest.mark.forebay_only
def test_fields_that_2x_added(raw, root, client):
    write(client, root + '/f', b'old')
    options = {'overwrite': True, 'persistenceWaitTime': 0, 'writeTier': 0, 'xattr': {}}
    stream = raw.post(root + '/f', 'create-file', options).json()
    client.write(stream).write(b'new')
    client.close(stream)
    assert read(client, root + '/f') == b'new'
    client.close(raw.post(root + '/f', 'open-file', {'updateLastAccessTime': False}).json())
    assert raw.post(root + '/f', 'set-attribute', {
        'replicationMin': 0, 'replicationMax': 3, 'pinnedMedia': []}).status == 200
    assert raw.post(root + '/f', 'exists', {'loadMetadataType': 'ONCE'}).json() is True
    options = {'alluxioOnly': False, 'unchecked': True, 'deleteMountPoint': False}
    assert raw.post(root + '/f', 'delete', options).status == 200


def test_one_connection_serves_many_calls(client, root):
    connection = http.client.HTTPConnection(client.host, client.port, timeout=60)
    connection.connect()
    used = connection.sock
    for number in range(50):
        action = ('exists', 'get-status', 'list-status')[number % 3]
        name = root if number % 2 else root + '/none'
        connection.request('POST', '/api/v1/paths/%s/%s' % (name, action))
        assert connection.getresponse().read()
        assert connection.sock is used
    connection.close()


@pytest.mark.forebay_only
def test_connection_survives_errors_of_every_kind(raw, root):
    raw.post(root, 'exists')
    used = raw.connection.sock
    raw.post(root, 'get-status', b'{broken')
    raw.send('POST', '/no/such/address')
    raw.send('GET', '/api/v1/paths/' + root + '/get-status')
    raw.stream('999', 'write', b'x' * 1000)
    assert raw.post(root, 'exists').json() is True
    assert raw.connection.sock is used


def test_pipelined_requests_are_answered_in_order(raw, root):
    one = 'POST /api/v1/paths/%s/exists HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n'
    last = one.replace('Host: x', 'Host: x\r\nConnection: close')
    got = raw.bytes((one % root + one % (root + '/none') + last % root).encode(), half_close=False)
    assert [part.split(b'\r\n\r\n')[1] for part in got.split(b'HTTP/1.1 ')[1:]] == [
        b'true', b'false', b'true']


def test_expect_continue_is_honoured(raw, client, root):
    stream = client.create_file(root + '/f')
    head = 'POST /api/v1/streams/%d/write HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n' % stream
    got = raw.bytes((head + 'Expect: 100-continue\r\nConnection: close\r\n\r\nhello').encode())
    assert b' 200 ' in got
    client.close(stream)
    assert read(client, root + '/f') == b'hello'


def test_options_of_every_class_are_sent(client, root):
    """Each option class once as a whole, as its documentation lists it."""
    opt = option.CreateDirectory(allow_exists=True, mode=wire.Mode(
        wire.BITS_ALL, wire.BITS_READ_EXECUTE, wire.BITS_READ_EXECUTE), recursive=True,
        write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    client.create_directory(root + '/a/b', opt)
    assert set(opt.json()) == {'allowExists', 'mode', 'recursive', 'writeType'}
    for opt, call in [(option.Exists(), client.exists), (option.GetStatus(), client.get_status),
                      (option.ListStatus(load_metadata_type=wire.LOAD_METADATA_TYPE_ONCE,
                                         recursive=True), client.list_status),
                      (option.Free(recursive=True), client.free),
                      (option.Delete(recursive=True), client.delete)]:
        call(root + '/a', opt)
    assert not client.exists(root + '/a')


@pytest.mark.forebay_only
def test_all_create_file_and_open_file_options_at_once(client, root):
    path = root + '/x/f'
    opt = option.CreateFile(
        block_size_bytes=1024 * 1024, location_policy_class='x.Y', recursive=True, ttl=3600000,
        mode=wire.Mode(wire.BITS_READ_WRITE, wire.BITS_READ, wire.BITS_NONE),
        ttl_action=wire.TTL_ACTION_DELETE, write_type=wire.WRITE_TYPE_CACHE_THROUGH,
        replication_durable=1, replication_max=2, replication_min=1)
    assert len(opt.json()) == 10
    with client.open(path, 'w', opt) as writer:
        writer.write(content(100))
    status = client.get_status(path)
    assert (status.mode, status.ttl, status.ttl_action.name, status.block_size_bytes) == (
        0o640, 3600000, 'DELETE', 1024 * 1024)
    opt = option.OpenFile(cache_location_policy_class='x.Y', max_ufs_read_concurrency=1,
                          read_type=wire.READ_TYPE_CACHE, ufs_read_location_policy_class='x.Y')
    assert len(opt.json()) == 4
    with client.open(path, 'r', opt) as reader:
        assert reader.read() == content(100)
    opt = option.SetAttribute(owner='o', group='g', pinned=True, recursive=True, ttl=-1,
                              mode=wire.Mode(wire.BITS_ALL, wire.BITS_ALL, wire.BITS_ALL),
                              ttl_action=wire.TTL_ACTION_FREE)
    assert len(opt.json()) == 7
    client.set_attribute(path, opt)
    status = client.get_status(path)
    assert (status.owner, status.group, status.mode, status.pinned, status.ttl) == (
        'o', 'g', 0o777, True, -1)
